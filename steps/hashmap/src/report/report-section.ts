/** A heading, sentences, and a table whose first row are its columns' names; without rows there is no table. */
export interface ReportSection {
  readonly heading: string;
  readonly sentences: readonly string[];
  readonly table: readonly (readonly string[])[];
}
