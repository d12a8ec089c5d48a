/** How the rule of a projection is carried out: its method, and the settings of it. */
import type { MappedLearning } from '../../ir/mapped-network.js';
import type { RealizationMethod } from '../../ir/rule.js';

/** The method of a projection's rule. */
export function realizationOf(learning: readonly MappedLearning[]): RealizationMethod | undefined {
  return learning[0]?.rule.realization.method;
}

/** A setting of the rule's realization. */
export function settingOf(learning: readonly MappedLearning[], name: string): number | undefined {
  return learning[0]?.rule.realization.settings.find((setting) => setting.name === name)?.value;
}

/** A setting of the rule's realization that is a word. */
export function choiceOf(learning: readonly MappedLearning[], name: string): string | undefined {
  return learning[0]?.rule.realization.choices?.find((choice) => choice.name === name)?.word;
}
