/** Names of the laws for the command line, which must not load the fits to show its help. */

/** Those of trains of equal pulses, then those of pulses that differ; a test compares them with the laws. */
export const LAW_NAMES: readonly string[] = ['linear', 'neurosim', 'soft-bounds', 'power', 'field', 'field-power'];
