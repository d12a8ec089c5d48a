/** What a schedule asks of the controller, held against what the controller can be built to do. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import { SCHEDULE_CATALOGUE } from '../catalogue.js';
import { windowFault } from '../controller-sizes.js';
import { PROGRAM_CATALOGUE } from '../program-catalogue.js';
import type { ScheduledArray } from '../scheduled.js';
import { underruns } from '../underruns.js';
import { designController } from './encode.js';

/** Longest rest and longest converter wait [clocks]; a limit register of the scan is one bus word. */
const MAX_REST_CLOCKS = 2 ** 40;
const MAX_SCAN_CLOCKS = 2 ** 28;

/** Reports waits that no counter holds and memories that no window reaches; after it, encoding cannot fail. */
export function checkCapacity(module: ScheduledArray, diagnostics: DiagnosticBag): void {
  const { mapped, program } = module;
  const { settleClocks, conversionClocks } = program.scan;
  const tile = { span: mapped.timer.origin };
  const adc = { span: mapped.converters.origin };
  const waits = [
    { what: '`settle`', clocks: program.restClocks, max: MAX_REST_CLOCKS, place: tile },
    { what: 'the settling of `adc`', clocks: settleClocks, max: MAX_SCAN_CLOCKS, place: adc },
    { what: 'the conversion of `adc`', clocks: conversionClocks, max: MAX_SCAN_CLOCKS, place: adc },
  ];
  const tooLong = waits.filter(({ clocks, max }) => clocks > max);
  for (const { what, clocks, max, place } of tooLong) {
    const params = { what, seconds: clocks / program.clockHz, max: max / program.clockHz };
    diagnostics.report(SCHEDULE_CATALOGUE, 'wait-too-long', params, place);
  }
  if (tooLong.length > 0) return;
  const design = designController(module);
  if (!design) {
    diagnostics.report(PROGRAM_CATALOGUE, 'loops-too-many', { program: program.name }, { span: program.origin });
    return;
  }
  for (const { segment, before } of underruns(program)) {
    const related = [{ message: 'behind this one', span: before.origin }];
    diagnostics.report(PROGRAM_CATALOGUE, 'underrun-possible', {}, { span: segment.origin, related });
  }
  const fault = windowFault(design.fixed.windows);
  if (fault) {
    const memory = fault.memory.replace(/[A-Z]/, (letter) => ` ${letter.toLowerCase()}`);
    diagnostics.report(SCHEDULE_CATALOGUE, 'memory-too-small', { ...fault, memory }, tile);
  }
}
