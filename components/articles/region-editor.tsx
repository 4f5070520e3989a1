"use client";

import { useRouter } from "next/navigation";
import { type PointerEvent as Dragged, useMemo, useRef, useState } from "react";
import { moveBorder, removeRegion, setRole } from "@/lib/regions/edit";
import { REGION_ROLES, type Region, type RegionRole } from "@/lib/regions/roles";
import { type Block, blocks } from "@/lib/text/blocks";
import { indexText } from "@/lib/text/codepoints";
import { api, type Problem } from "../api";
import { ROLE_NAMES } from "../reader/role-names";
import { Button } from "../ui/button";
import { cls } from "../ui/class";
import { Notice } from "../ui/page";

const NONE = "none";

const rowId = (row: number) => `line-${row}`;

/**
 * The parts of a page, looked over and mended: choose lines and say what they are, or drag a border. Keys: arrows walk the lines, Shift
 * extends; on a border, arrows move it by a line. Nothing is kept until it is saved.
 */
export function RegionEditor({
  articleId,
  version,
  text,
  regions: saved,
  scope,
  mayEdit,
}: {
  articleId: string;
  version: number;
  text: string;
  regions: readonly Region[];
  scope: readonly RegionRole[];
  mayEdit: boolean;
}) {
  const router = useRouter();
  const index = useMemo(() => indexText(text), [text]);
  const lines = useMemo(() => blocks(index, []), [index]);
  const [past, setPast] = useState<readonly (readonly Region[])[]>([]);
  const [regions, setRegions] = useState(saved);
  const [chosen, setChosen] = useState<{ readonly from: number; readonly to: number } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const list = useRef<HTMLTableElement>(null);
  const rows = useMemo(() => blocks(index, regions), [index, regions]);
  const changed = regions !== saved;

  const change = (next: readonly Region[]) => {
    setPast((old) => [...old, regions]);
    setRegions(next);
  };
  const at = (row: number) => rows[Math.max(0, Math.min(rows.length - 1, row))];
  const [low, high] = chosen ? [Math.min(chosen.from, chosen.to), Math.max(chosen.from, chosen.to)] : [-1, -2];

  function giveRole(role: RegionRole | null) {
    const [first, last] = [at(low), at(high)];
    if (!chosen || !first || !last) return;
    change(setRole(index, regions, { start: first.start, end: last.contentEnd }, role));
    setChosen(null);
  }

  function onKey(event: React.KeyboardEvent) {
    if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(rows.length - 1, (chosen?.to ?? -1) + (event.key === "ArrowDown" ? 1 : -1)));
    setChosen(event.shiftKey && chosen ? { from: chosen.from, to } : { from: to, to });
    list.current?.querySelector(`[data-row="${to}"]`)?.scrollIntoView({ block: "nearest" });
  }

  /** To the line's edge nearest to where the pointer is. */
  function drag(event: Dragged, region: Region, border: "start" | "end") {
    const row = document
      .elementsFromPoint(event.clientX, event.clientY)
      .find((element) => element instanceof HTMLElement && element.dataset.row !== undefined);
    const block = row instanceof HTMLElement ? rows[Number(row.dataset.row)] : undefined;
    if (!block) return;
    setRegions((old) => {
      const n = old.findIndex(
        (one) => one.role === region.role && (border === "start" ? one.end === region.end : one.start === region.start),
      );
      return n === -1 ? old : moveBorder(index, old, n, border, border === "start" ? block.start : block.contentEnd);
    });
  }

  function nudge(region: Region, border: "start" | "end", by: 1 | -1) {
    const edges = lines.map((line) => (border === "start" ? line.start : line.contentEnd));
    const now = region[border];
    const to = by === 1 ? edges.find((edge) => edge > now) : edges.findLast((edge) => edge < now);
    if (to !== undefined) change(moveBorder(index, regions, regions.indexOf(region), border, to));
  }

  async function save() {
    setBusy(true);
    const answer = await api("PATCH", `/articles/${articleId}`, {
      version,
      regions: regions.map(({ start, end, role, reason }) => ({ start, end, role, reason })),
    });
    setBusy(false);
    setProblem(answer.ok ? null : answer);
    if (answer.ok) router.refresh();
  }

  return (
    <div>
      {mayEdit && (
        <div className="sticky top-12 z-10 flex min-h-12 flex-wrap items-center gap-2 border-b border-rule bg-paper py-2">
          {chosen ? (
            <fieldset className="flex flex-wrap gap-1">
              <legend className="sr-only">What the chosen lines are</legend>
              {[...REGION_ROLES, NONE].map((role) => (
                <button
                  key={role}
                  type="button"
                  onClick={() => giveRole(role === NONE ? null : (role as RegionRole))}
                  className="h-7 rounded-full border border-ink-3 px-2.5 whitespace-nowrap hover:bg-hover"
                >
                  {role === NONE ? "no region" : ROLE_NAMES[role as RegionRole]}
                </button>
              ))}
            </fieldset>
          ) : (
            <p className="text-ink-2">Choose lines to say what they are, or drag the edge of a region.</p>
          )}
          <span className="flex-1" />
          <Button
            disabled={past.length === 0}
            onClick={() => {
              setRegions(past.at(-1) ?? saved);
              setPast(past.slice(0, -1));
            }}
          >
            Undo
          </Button>
          <Button look="primary" disabled={!changed || busy} onClick={() => void save()}>
            {busy ? "Saving" : "Save the regions"}
          </Button>
        </div>
      )}
      {problem && (
        <Notice tone="fault">
          {problem.status === 409 || problem.status === 412
            ? "Someone changed this article meanwhile. Reload to see their regions; yours are not saved."
            : problem.detail}
        </Notice>
      )}
      <table
        ref={list}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows are chosen, as in a grid
        role="grid"
        aria-multiselectable
        aria-readonly={!mayEdit}
        aria-label="Lines of the article"
        aria-activedescendant={chosen ? rowId(Math.min(chosen.to, rows.length - 1)) : undefined}
        tabIndex={0}
        onKeyDown={mayEdit ? onKey : undefined}
        className="w-full table-fixed border-collapse select-none focus-visible:outline-offset-4"
      >
        <colgroup>
          <col className="w-[164px] sm:w-[214px]" />
          <col />
        </colgroup>
        <tbody>
          {rows.map((row, place) => {
            const { region } = row;
            const starts = region !== null && rows[place - 1]?.region !== region;
            const ends = region !== null && rows[place + 1]?.region !== region;
            return (
              <Row
                key={row.start}
                row={row}
                place={place}
                words={index.slice({ start: row.start, end: row.contentEnd })}
                starts={starts}
                chosen={place >= low && place <= high}
                inScope={scope.includes(row.role)}
                onChoose={(extend) =>
                  mayEdit &&
                  setChosen((old) => (extend && old ? { from: old.from, to: place } : { from: place, to: place }))
                }
              >
                {mayEdit && region && (starts || ends) && (
                  <>
                    {starts && (
                      <Border
                        name={`Start of the ${ROLE_NAMES[region.role]}`}
                        side="top"
                        onGrab={() => setPast((old) => [...old, regions])}
                        onDrag={(event) => drag(event, region, "start")}
                        onNudge={(by) => nudge(region, "start", by)}
                      />
                    )}
                    {ends && (
                      <Border
                        name={`End of the ${ROLE_NAMES[region.role]}`}
                        side="bottom"
                        onGrab={() => setPast((old) => [...old, regions])}
                        onDrag={(event) => drag(event, region, "end")}
                        onNudge={(by) => nudge(region, "end", by)}
                      />
                    )}
                    {starts && (
                      <button
                        type="button"
                        className="absolute top-1 left-0 hidden h-6 rounded px-1 text-xs text-ink-2 group-focus-within:block group-hover:block hover:text-ink"
                        aria-label={`Remove the region ${ROLE_NAMES[region.role]}`}
                        onClick={(event) => {
                          event.stopPropagation();
                          change(removeRegion(regions, regions.indexOf(region)));
                        }}
                      >
                        remove
                      </button>
                    )}
                  </>
                )}
              </Row>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Row({
  row,
  place,
  words,
  starts,
  chosen,
  inScope,
  onChoose,
  children,
}: {
  row: Block<Region>;
  place: number;
  words: string;
  starts: boolean;
  chosen: boolean;
  inScope: boolean;
  onChoose: (extend: boolean) => void;
  children: React.ReactNode;
}) {
  return (
    <tr
      id={rowId(place)}
      aria-selected={chosen}
      tabIndex={-1}
      data-row={place}
      onClick={(event) => onChoose(event.shiftKey)}
      className={cls("group", starts && "border-t border-rule", chosen && "bg-press")}
    >
      <td className="relative py-1 pr-4 pl-12 text-right align-top leading-6 text-ink-2">
        {starts && (
          <>
            <b className="font-medium text-ink">{ROLE_NAMES[row.role]}</b>
            {row.region?.reason && <span className="block text-xs leading-4">{row.region.reason}</span>}
          </>
        )}
        {row.region === null && <span className="text-xs">no region</span>}
        {children}
      </td>
      <td
        dir="auto"
        className={cls(
          "py-1 align-top font-serif text-[17px] leading-6 break-words",
          (!inScope || row.region === null) && "text-ink-2",
          row.role === "headline" && "text-[21px] leading-7",
        )}
      >
        {words}
      </td>
    </tr>
  );
}

/** A border that can be dragged, or moved by a line with the arrow keys. */
function Border({
  name,
  side,
  onGrab,
  onDrag,
  onNudge,
}: {
  name: string;
  side: "top" | "bottom";
  onGrab: () => void;
  onDrag: (event: Dragged) => void;
  onNudge: (by: 1 | -1) => void;
}) {
  return (
    <button
      type="button"
      aria-label={`${name}: arrows move it by a line`}
      className={cls(
        "absolute left-12 z-[1] h-2 w-[112px] cursor-row-resize touch-none opacity-0 group-hover:opacity-100 focus-visible:opacity-100 sm:w-[150px]",
        side === "top" ? "-top-1" : "-bottom-1",
      )}
      onClick={(event) => event.stopPropagation()}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        onGrab();
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && onDrag(event)}
      onKeyDown={(event) => {
        if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
        event.preventDefault();
        event.stopPropagation();
        onNudge(event.key === "ArrowDown" ? 1 : -1);
      }}
    >
      <span className="mx-auto block h-1 w-10 rounded bg-ink-3" />
    </button>
  );
}
