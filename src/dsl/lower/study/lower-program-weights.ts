/** `program weights`: how the devices of a network come to hold its weights. */
import type { ScheduleStep } from '../../../ir/study.js';
import { DSL_CATALOGUE } from '../../catalogue.js';
import { REALIZATIONS } from '../../rule/realizations.js';
import { choicesWithDefaults } from '../../settings/check-choice.js';
import { checkSettings, settingsWithDefaults } from '../../settings/check-settings.js';
import type { ProgramWeightsClause } from '../../syntax/experiment.js';
import type { StudyContext } from './studied-network.js';

/** The step: settings are those of `realize programming`; undefined after reporting. */
export function lowerProgramWeights(
  { settings, span }: ProgramWeightsClause,
  context: StudyContext,
): ScheduleStep | undefined {
  const { settings: table, choices } = REALIZATIONS.programming;
  const owner = { what: '`program weights`', table, words: choices.map(({ name }) => name) };
  const given = checkSettings(settings, owner, context);
  const [by] = choicesWithDefaults(settings, choices, { origin: span, context });
  if (context.network.devices.size === 0) {
    const params = { clause: 'program weights' };
    context.diagnostics.report(DSL_CATALOGUE, 'missing-device', params, { span });
    return undefined;
  }
  return {
    kind: 'program',
    settings: settingsWithDefaults(given, table, span),
    by: by?.word === 'rows' ? 'rows' : 'cells',
    origin: span,
  };
}
