/** How long a run of a model may take, on any engine. */

/** Longest run where `IONLOOM_MODEL_SECONDS` does not say otherwise [s]. */
const DEFAULT_LIMIT_SECONDS = 3600;

/** `IONLOOM_MODEL_SECONDS` where it is a positive number, otherwise an hour [s]. */
export function modelLimitSeconds(): number {
  const wanted = Number(process.env['IONLOOM_MODEL_SECONDS']);
  return wanted > 0 ? wanted : DEFAULT_LIMIT_SECONDS;
}
