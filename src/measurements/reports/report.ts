/** What every report of an examination says of itself. */
export interface ExaminationReport {
  /** Updates made before. */
  readonly step: number;
  /** Images looked at. */
  readonly images: number;
}
