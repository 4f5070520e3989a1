/** Figures of agreement as CSV: a figure a row, formulas defused as in every other CSV that Gloss writes. */
import { stringify } from "csv-stringify/sync";
import { figureRows, ROW_COLUMNS } from "../agreement/rows";
import { defuse } from "../formats/csv-cells";
import type { AgreementAnswer } from "./agreement";

export const agreementCsv = ({ report, names }: Pick<AgreementAnswer, "report" | "names">): string =>
  stringify(
    [
      [...ROW_COLUMNS],
      ...figureRows(report, (reviewer) => names[reviewer] ?? reviewer).map((row) =>
        ROW_COLUMNS.map((column) => {
          const cell = row[column];
          return typeof cell === "string" ? defuse(cell) : typeof cell === "number" ? String(cell) : "";
        }),
      ),
    ],
    { record_delimiter: "\r\n" },
  );
