// The command line itself, in the process of bin/ionloom.js or in a child that it watches over; its text is in src/cli.
import { main } from '../dist/cli/main.js';

// Whoever waited for the result is gone
process.once('disconnect', () => process.exit(1));
process.channel?.unref();
process.exitCode = await main(process.argv.slice(2));
