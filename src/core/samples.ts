/** Samples of a data set as they come from a file: plain arrays, padded and scaled as the source says. */
export interface Samples {
  readonly count: number;
  /** Sizes of one sample; a plain list of features has one. */
  readonly shape: readonly number[];
  /** Steps of which a sample is a sequence, the first of its sizes; absent where a sample is shown at once. */
  readonly steps?: number;
  /** Features (count x product of the shape), row-major. */
  readonly features: Float32Array;
  /** Class of every sample, from 0; absent without labels. */
  readonly labels?: Int32Array;
  /** Words of the classes in the order of their numbers; empty without labels. */
  readonly classes: readonly string[];
}
