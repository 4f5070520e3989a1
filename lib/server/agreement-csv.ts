/** Figures of agreement as CSV: a figure a row, formulas defused as in every other CSV that Gloss writes. */
import { figureRows, ROW_COLUMNS } from "../agreement/rows";
import { csvLine } from "../formats/csv-cells";
import type { AgreementAnswer } from "./agreement";

export const agreementCsv = ({ report, names }: Pick<AgreementAnswer, "report" | "names">): string =>
  [
    ROW_COLUMNS,
    ...figureRows(report, (reviewer) => names[reviewer] ?? reviewer).map((row) =>
      ROW_COLUMNS.map((column) => row[column] ?? ""),
    ),
  ]
    .map((cells) => `${csvLine(cells)}\r\n`)
    .join("");
