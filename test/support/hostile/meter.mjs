/** Preloaded into a process: at its end it writes down what it has used. */
import { appendFileSync } from 'node:fs';

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const used = { seconds: (userCPUTime + systemCPUTime) / 1e6, bytes: maxRSS * 1024 };
  appendFileSync(process.env.IONLOOM_METER, `${JSON.stringify(used)}\n`);
});
