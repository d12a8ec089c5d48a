// The command line itself, in the process that bin/ionloom.js watches over; its text is in src/cli.
import { main } from '../dist/cli/main.js';

// Whoever waited for the result is gone
process.once('disconnect', () => process.exit(1));
process.channel?.unref();
process.exitCode = await main(process.argv.slice(2));
