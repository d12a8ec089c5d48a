/** What TypeScript uses of `perf_hooks` where it runs in Node; without it the bundler warns of every build. */
export const { performance } = globalThis;
