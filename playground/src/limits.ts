/** What the playground takes on, at most; the page states these numbers. */

/** A run that takes longer is stopped [ms]. */
export const MAX_RUN_MS = 10 * 60_000;

/** A check that takes longer is given up [ms]. */
export const MAX_CHECK_MS = 15_000;

/** Text of one file, as the language has it [bytes]. */
export const MAX_TEXT_BYTES = 2 ** 20;

/** A data file that is added [bytes]. */
export const MAX_FILE_BYTES = 64 * 2 ** 20;

/** Characters of a link that is shared. */
export const MAX_LINK_LENGTH = 32_000;

/** Characters of a file of a build that are shown; copying and downloading takes all. */
export const MAX_SHOWN_LENGTH = 200_000;
