/** What is made of several numbers is as good as the worst of them. */
import { WEAKEST_FIRST, type Confidence } from './device-model.js';

/** The weakest of `confidences`; an estimate where there are none. */
export function weakestConfidence(confidences: readonly Confidence[]): Confidence {
  return WEAKEST_FIRST.find((confidence) => confidences.includes(confidence)) ?? 'estimate';
}
