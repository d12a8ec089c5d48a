/** A parent that waits for a host that never answers: `node ask-and-wait.mjs <child-process.js> <script> <request>`. */
const [, , childProcess, script, request] = process.argv;
const { askHost } = await import(childProcess);
await askHost(script, JSON.parse(request), { folder: '.', limitSeconds: 60, isNews: () => true });
