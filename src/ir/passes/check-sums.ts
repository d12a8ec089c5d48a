/** Whether sums of converter codes fit what adds them up. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import { SCHEDULE_CATALOGUE } from '../catalogue.js';
import type { MappedNetwork } from '../mapped-network.js';
import { ACCUMULATOR_BITS, HOST_BITS, sumWidths } from '../partial-sums.js';
import { expandParts } from '../tile-parts.js';

/** Reports every projection of `mapped` whose sums are wider than the controller's accumulator, or than the host adds exactly. */
export function checkSums({ projections, chip }: MappedNetwork, diagnostics: DiagnosticBag): void {
  const { adc, grid } = chip.tile;
  for (const { name: projection, parts, encoding, origin: span } of projections) {
    if (parts.length === 0) continue;
    const blocks = new Set(expandParts(parts, grid).map(({ rows }) => rows.first)).size;
    const { vector, total } = sumWidths({ adc, scheme: encoding.scheme, parts: blocks });
    const related = [{ message: 'the converters', span: adc.origin }];
    const report = (what: string, bits: number, holder: string, limit: number): void => {
      if (bits <= limit) return;
      diagnostics.report(
        SCHEDULE_CATALOGUE,
        'sum-too-wide',
        { projection, what, bits, holder, limit },
        { span, related },
      );
    };
    report('on one tile', vector, 'the accumulator of a controller has', ACCUMULATOR_BITS);
    report(`over ${String(blocks)} tiles`, total, 'the host adds exactly up to', HOST_BITS);
  }
}
