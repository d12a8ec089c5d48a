/** Phase `legal`: final names, widths, memory contents and addresses; printing decides nothing. */

export interface LegalModule {
  readonly phase: 'legal';
}
