/** What every report of an examination says of itself. */
export interface ExaminationReport {
  /** Updates made before. */
  readonly step: number;
  /** Images looked at. */
  readonly images: number;
  /** Parts of it that are done, of how many. */
  readonly done: number;
  readonly planned: number;
}
