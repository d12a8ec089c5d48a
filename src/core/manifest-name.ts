/** What a manifest of a build is called, and what it says first. */

/** The file that marks a folder as ours and lists what we put there. */
export const MANIFEST_NAME = 'manifest.json';

/** First field of a manifest. */
export const MANIFEST_GENERATOR = 'ionloom';
