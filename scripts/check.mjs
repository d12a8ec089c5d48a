/** `npm run check`: the inner loop, under a minute: types, lint, layout, unit, golden and architecture tests. */
import { conclude, runStaticChecks, runVitest } from './checks.mjs';
import { setUp } from './setup.mjs';

setUp();
// A twentieth of the random programs that `npm test` tries
process.env.IONLOOM_FUZZ_RUNS ??= '100';
// Left to `npm test`: whole examples (test/system), and what needs system tools or takes long
const slow = [
  'test/unit/hw/**',
  'test/unit/cosim/engines/**',
  'test/unit/systemverilog/lint.test.ts',
  'test/unit/interop/{library,pulse-plan,random-devices,seed-devices,spice-expression,tile-circuit,wired-pulse}.test.ts',
  'test/unit/numerics/crossbar-spice.test.ts',
  'test/unit/cli/fit.test.ts',
  'test/unit/cosim/{buses,random-specs,shapes}.test.ts',
  'test/unit/ir/random-programs.test.ts',
  'test/unit/networks/{eis-stdp,program-array-rtl}.test.ts',
  'test/unit/networks/recurrent/{fast-weight-rtl,sequence-jobs}.test.ts',
  'test/unit/cli/build-networks.test.ts',
  'test/unit/systemverilog/{all-blocks,boards-and-tiles,constants,driver,integration,interchange,registers}.test.ts',
  'test/unit/dsl/{checking-session,limits,vectors}.test.ts',
  'test/unit/harness/emit-harness.test.ts',
  'test/unit/nir/{damaged,round-trip,wild-files}.test.ts',
  'test/unit/networks/few-digits.test.ts',
  'test/unit/devices/{any-device,fit,fit-field,library,tables,trains-equality,trains-statistics,vocabulary-aihwkit,vocabulary-kernels}.test.ts',
];
const excluded = slow.flatMap((pattern) => ['--exclude', pattern]);
conclude(runStaticChecks(), runVitest(['test/unit', 'test/golden', 'test/architecture', ...excluded]));
