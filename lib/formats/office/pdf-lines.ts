/** Where words stand on a page of a PDF, as lines in the order in which they are read: columns one after the other, from the top. */

export type Fragment = {
  readonly text: string;
  readonly left: number;
  /** Of the baseline, from the top of the page. */
  readonly y: number;
  readonly width: number;
  /** Of the letters, in points. */
  readonly size: number;
  readonly rtl: boolean;
  /** Turned; it belongs to no line. */
  readonly sideways: boolean;
};

export type Line = {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
  /** The column that it stands in. */
  readonly column: { readonly left: number; readonly right: number };
};

export type PdfPage = {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly Line[];
  /** What stands along an edge, or is turned otherwise. */
  readonly sideways: string;
  readonly letters: number;
  readonly unknown: number;
};

type Piece = Omit<Line, "column">;

/** In sizes of the letters: what parts two words, and what parts two pieces of a row that may be columns. */
const WORD_GAP = 0.15;
const PIECE_GAP = 1.5;
const CELL_GAP = 3;
/** A narrower one holds cells of a table rather than running text. */
const NARROWEST_COLUMN = 8;

export function linesOf(fragments: readonly Fragment[]): Pick<PdfPage, "lines" | "sideways"> {
  const sideways = fragments.filter((one) => one.sideways).map((one) => one.text);
  const upright = fragments.filter((one) => !one.sideways && one.text !== "" && one.size > 0);
  return { lines: inColumns(rowsOf(upright).flatMap(piecesOf), 0), sideways: sideways.join("").trim() };
}

/** What stands on one baseline, or nearly: raised and lowered signs too. */
function rowsOf(fragments: readonly Fragment[]): readonly Fragment[][] {
  const rows: { y: number; size: number; in: Fragment[] }[] = [];
  for (const one of [...fragments].sort((a, b) => a.y - b.y)) {
    const row = rows.at(-1);
    if (row && one.y - row.y <= 0.4 * Math.max(row.size, one.size)) {
      row.in.push(one);
      if (one.size > row.size) Object.assign(row, { y: one.y, size: one.size });
    } else rows.push({ y: one.y, size: one.size, in: [one] });
  }
  return rows.map((row) => row.in);
}

function piecesOf(row: readonly Fragment[]): readonly Piece[] {
  const rtl = row.filter((one) => one.rtl).length * 2 > row.length;
  const { y } = row.reduce((a, b) => (b.size > a.size ? b : a));
  const ordered = row.filter((one) => one.text.trim() !== "").sort((a, b) => (rtl ? b.left - a.left : a.left - b.left));
  const pieces: Piece[] = [];
  let open: Fragment[] = [];
  const close = () => {
    if (open.length > 0) pieces.push({ ...pieceOf(open, rtl), y });
    open = [];
  };
  for (const one of ordered) {
    const last = open.at(-1);
    if (last && gap(last, one, rtl) > PIECE_GAP * Math.min(last.size, one.size)) close();
    open.push(one);
  }
  close();
  return pieces;
}

const gap = (a: Fragment, b: Fragment, rtl: boolean): number =>
  rtl ? a.left - (b.left + b.width) : b.left - (a.left + a.width);

function pieceOf(fragments: readonly Fragment[], rtl: boolean): Omit<Piece, "y"> {
  let text = "";
  let last: Fragment | null = null;
  for (const one of fragments) {
    const apart = last !== null && gap(last, one, rtl) > WORD_GAP * one.size;
    text += apart && !/\s$/.test(text) && !/^\s/.test(one.text) ? ` ${one.text}` : one.text;
    last = one;
  }
  const main = fragments.reduce((a, b) => (b.text.length > a.text.length ? b : a));
  return {
    text: text.trim(),
    left: Math.min(...fragments.map((one) => one.left)),
    right: Math.max(...fragments.map((one) => one.left + one.width)),
    size: main.size,
  };
}

/** What crosses the gutter, a headline over both columns, parts the page into bands; in each the left column is read before the right one. */
function inColumns(pieces: readonly Piece[], depth: number): readonly Line[] {
  const gutter = depth < 4 ? gutterOf(pieces) : null;
  if (gutter === null) return asOneColumn(pieces);
  const lines: Line[] = [];
  let [left, right]: [Piece[], Piece[]] = [[], []];
  let across: Piece[] = [];
  const closeBand = () => {
    lines.push(...inColumns(left, depth + 1), ...inColumns(right, depth + 1));
    [left, right] = [[], []];
  };
  const closeAcross = () => {
    lines.push(...asOneColumn(across));
    across = [];
  };
  for (const piece of [...pieces].sort((a, b) => a.y - b.y)) {
    const side = piece.right <= gutter ? left : piece.left >= gutter ? right : null;
    if (side) {
      closeAcross();
      side.push(piece);
    } else {
      if (left.length + right.length > 0) closeBand();
      across.push(piece);
    }
  }
  closeAcross();
  closeBand();
  return lines;
}

/** Where two columns of text part, if they do: a place that few pieces cross and with much text on either side of it. */
function gutterOf(pieces: readonly Piece[]): number | null {
  if (pieces.length < 8) return null;
  const rights = pieces.map((one) => one.right).sort((a, b) => a - b);
  const lefts = pieces.map((one) => one.left).sort((a, b) => a - b);
  const least = Math.max(3, pieces.length / 5);
  let best: { at: number; crossing: number; width: number } | null = null;
  let before = 0;
  for (const [i, right] of rights.entries()) {
    while ((lefts[before] ?? Number.POSITIVE_INFINITY) < right) before++;
    const [ended, begun] = [i + 1, pieces.length - before];
    const crossing = pieces.length - ended - begun;
    const width = (lefts[before] ?? right) - right;
    if (ended < least || begun < least || crossing < 0 || crossing * 4 > pieces.length) continue;
    if (!best || crossing < best.crossing || (crossing === best.crossing && width > best.width))
      best = { at: right + width / 2, crossing, width };
  }
  if (!best) return null;
  const { at } = best;
  const wide = (side: readonly Piece[]) =>
    median(side.map((one) => (one.right - one.left) / one.size)) >= NARROWEST_COLUMN;
  return wide(pieces.filter((one) => one.right <= at)) && wide(pieces.filter((one) => one.left >= at)) ? at : null;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

/** Pieces of one row are cells, or words that were set far apart. */
function asOneColumn(pieces: readonly Piece[]): readonly Line[] {
  const column = {
    left: Math.min(...pieces.map((one) => one.left)),
    right: Math.max(...pieces.map((one) => one.right)),
  };
  const lines: Line[] = [];
  for (const piece of [...pieces].sort((a, b) => a.y - b.y || a.left - b.left)) {
    const last = lines.at(-1);
    if (last && last.y === piece.y && piece.left >= last.right) {
      const between = piece.left - last.right > CELL_GAP * piece.size ? "\t" : " ";
      lines[lines.length - 1] = { ...last, text: `${last.text}${between}${piece.text}`, right: piece.right };
    } else lines.push({ ...piece, column });
  }
  return lines;
}
