/** `npm run playground`: bundles the static page into `playground/dist` and serves it; `-- --build` only bundles. */
import path from 'node:path';
import { root, setUp } from './setup.mjs';

setUp();
const { build, preview } = await import('vite');
const configFile = path.join(root, 'playground', 'vite.config.ts');
await build({ configFile, logLevel: 'warn' });
console.log('Bundled: playground/dist, a folder for any web server');
if (!process.argv.includes('--build')) {
  const server = await preview({ configFile });
  server.printUrls();
  console.log('  Ctrl+C ends it');
}
