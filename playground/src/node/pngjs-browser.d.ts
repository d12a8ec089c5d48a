/** pngjs as it is packed for browsers, with streams, zlib and buffers of its own. */
declare module 'pngjs/browser.js' {
  import type * as Pngjs from 'pngjs';

  const pngjs: typeof Pngjs;
  // eslint-disable-next-line no-restricted-syntax -- as the package has it
  export default pngjs;
}
