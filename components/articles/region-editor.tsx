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
  const list = useRef<HTMLDivElement>(null);
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
      <div
        ref={list}
        role="listbox"
        aria-multiselectable
        aria-label="Lines of the article"
        tabIndex={mayEdit ? 0 : -1}
        onKeyDown={mayEdit ? onKey : undefined}
        className="select-none focus-visible:outline-offset-4"
      >
        {rows.map((row, place) => {
          const starts = row.region !== null && rows[place - 1]?.region !== row.region;
          const ends = row.region !== null && rows[place + 1]?.region !== row.region;
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
              {mayEdit && row.region && starts && (
                <Border
                  name={`Start of the ${ROLE_NAMES[row.region.role]}`}
                  side="top"
                  onGrab={() => setPast((old) => [...old, regions])}
                  onDrag={(event) => drag(event, row.region as Region, "start")}
                  onNudge={(by) => nudge(row.region as Region, "start", by)}
                />
              )}
              {mayEdit && row.region && ends && (
                <Border
                  name={`End of the ${ROLE_NAMES[row.region.role]}`}
                  side="bottom"
                  onGrab={() => setPast((old) => [...old, regions])}
                  onDrag={(event) => drag(event, row.region as Region, "end")}
                  onNudge={(by) => nudge(row.region as Region, "end", by)}
                />
              )}
              {mayEdit && row.region && starts && (
                <button
                  type="button"
                  className="absolute top-1 left-0 hidden h-6 rounded px-1 text-xs text-ink-2 group-focus-within:block group-hover:block hover:text-ink"
                  aria-label={`Remove the region ${ROLE_NAMES[row.region.role]}`}
                  onClick={(event) => {
                    event.stopPropagation();
                    change(removeRegion(regions, regions.indexOf(row.region as Region)));
                  }}
                >
                  remove
                </button>
              )}
            </Row>
          );
        })}
      </div>
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
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox around it has the keys
    <div
      role="option"
      aria-selected={chosen}
      tabIndex={-1}
      data-row={place}
      onClick={(event) => onChoose(event.shiftKey)}
      className={cls(
        "group relative grid grid-cols-[112px_minmax(0,1fr)] gap-4 py-1 pl-12 sm:grid-cols-[150px_minmax(0,1fr)]",
        starts && "border-t border-rule",
        chosen && "bg-press",
        row.region === null && "opacity-80",
      )}
    >
      <span className="text-right leading-6 text-ink-2">
        {starts && (
          <>
            <b className="font-medium text-ink">{ROLE_NAMES[row.role]}</b>
            {row.region?.reason && <span className="block text-xs leading-4">{row.region.reason}</span>}
          </>
        )}
        {row.region === null && <span className="text-xs">no region</span>}
      </span>
      <span
        dir="auto"
        className={cls(
          "font-serif text-[17px] leading-6 break-words",
          !inScope && "text-ink-2",
          row.role === "headline" && "text-[21px] leading-7",
        )}
      >
        {words}
      </span>
      {children}
    </div>
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
