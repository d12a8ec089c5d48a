/** A file that a back end made; back ends return artifacts, only the command line writes them. */
export interface Artifact {
  /** Relative to the output folder, with forward slashes. */
  readonly path: string;
  readonly kind:
    | 'systemverilog'
    | 'memory'
    | 'file-list'
    | 'core'
    | 'constraints'
    | 'waivers'
    | 'listing'
    | 'typescript'
    | 'json'
    | 'markdown'
    | 'html'
    | 'other';
  readonly text: string;
}
