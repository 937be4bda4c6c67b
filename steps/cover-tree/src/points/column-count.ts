/** As "1 column" or "2 columns". */
export function columnCount(columns: number): string {
  return columns === 1 ? "1 column" : `${columns} columns`;
}
