"use client";

import { FileUp } from "lucide-react";
import { useRef, useState } from "react";
import type { Answer } from "../api";
import { sizeInWords } from "../releases/words";
import { Button } from "../ui/button";
import { cls } from "../ui/class";
import { Checkbox, Select } from "../ui/field";
import { ImportMapping } from "./import-mapping";
import { type Choices, type ImportPreview, LARGEST_PREVIEW, mappingOf, previewFile } from "./import-preview";
import { Faults, Report } from "./import-report";
import { type ImportReport, upload } from "./upload";

type Item = {
  readonly id: number;
  readonly file: File;
  /** "": what the file shows. */
  readonly format: string;
  readonly state: "looking" | "waiting" | "sending" | "done" | "refused";
  readonly share: number;
  readonly answer?: Answer<ImportReport>;
  readonly preview?: Answer<ImportPreview>;
  readonly choices: Choices;
};

type Named = { readonly value: string; readonly name: string };
/** `oneArticle`: its files hold no marks that anything could be said of. */
type Format = Named & { readonly oneArticle: boolean };
const NOTHING_CHOSEN: Choices = { labels: {}, reviewers: {} };
const SAME_PAGE: readonly Named[] = [
  { value: "", name: "New version for single pages, separate for datasets" },
  { value: "version", name: "Always a new version" },
  { value: "apart", name: "Always separate" },
];
const AS: readonly Named[] = [
  { value: "reviews", name: "Reviews" },
  { value: "gold", name: "Gold" },
  { value: "suggestions", name: "Suggestions" },
];

/** Several files at once, one after the other, each whole or not at all; what was done with each stays on the page. */
export function ImportFiles({
  projectId,
  formats,
  labels,
  members,
}: {
  projectId: string;
  formats: readonly Format[];
  /** The project's, for what other tools call theirs. */
  labels: readonly Named[];
  members: readonly Named[];
}) {
  const [items, setItems] = useState<readonly Item[]>([]);
  const [over, setOver] = useState(false);
  const [skip, setSkip] = useState(false);
  const [as, setAs] = useState("reviews");
  const [samePage, setSamePage] = useState("");
  const [running, setRunning] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const abort = useRef<AbortController | null>(null);
  const next = useRef(0);

  const set = (id: number, part: Partial<Item>) =>
    setItems((old) => old.map((item) => (item.id === id ? { ...item, ...part } : item)));

  async function look(id: number, file: File, format: string) {
    if (file.size > LARGEST_PREVIEW) return set(id, { state: "waiting" });
    set(id, { state: "looking", choices: NOTHING_CHOSEN });
    const preview = await previewFile(projectId, file, format || null);
    set(id, {
      state: "waiting",
      preview,
      ...(preview.ok && preview.value.format !== null ? { format: preview.value.format } : {}),
    });
  }

  const add = (files: Iterable<File>) => {
    const fresh = [...files].map(
      (file): Item => ({
        id: next.current++,
        file,
        format: "",
        state: "looking",
        share: 0,
        choices: NOTHING_CHOSEN,
      }),
    );
    setItems((old) => [...old, ...fresh]);
    // One after the other: several large files at once would only wait for each other.
    void (async () => {
      for (const { id, file } of fresh) await look(id, file, "");
    })();
  };

  async function send() {
    setRunning(true);
    abort.current = new AbortController();
    for (const item of items) {
      if (item.state === "done" || abort.current.signal.aborted) continue;
      set(item.id, { state: "sending", share: 0 });
      const onError: "skip" | "abort" = skip ? "skip" : "abort";
      const options = {
        ...(item.format === "" ? {} : { format: item.format }),
        onError,
        as,
        ...(samePage === "" ? {} : { samePage }),
      };
      const preview = item.preview?.ok && !item.preview.value.native ? item.preview.value : null;
      const answer = await upload(
        projectId,
        item.file,
        options,
        preview && mappingOf(preview, item.choices),
        (share) => set(item.id, { share }),
        abort.current.signal,
      );
      set(item.id, { state: answer.ok ? "done" : "refused", answer, share: 1 });
    }
    setRunning(false);
  }

  const waiting = items.filter((item) => item.state === "waiting" || item.state === "refused").length;
  return (
    <div className="grid gap-4">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button beside it does the same by keyboard */}
      <div
        className={cls(
          "grid justify-items-center gap-2 rounded-lg border border-dashed px-6 py-10 text-center",
          over ? "border-ink bg-hover" : "border-ink-3",
        )}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          add(event.dataTransfer.files);
        }}
      >
        <FileUp size={20} aria-hidden className="text-ink-2" />
        <p>
          Drop files here, or{" "}
          <button type="button" className="link font-medium" onClick={() => picker.current?.click()}>
            choose files
          </button>
        </p>
        <p className="text-xs text-ink-2">
          Text, HTML, Word and PDF (one article a file), CSV, Gloss JSONL, and what Label Studio, doccano, brat,
          INCEpTION and others export. Up to 10 MiB of text an article.
        </p>
        <input
          ref={picker}
          type="file"
          multiple
          aria-label="Files to import"
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            add(event.target.files ?? []);
            event.target.value = "";
          }}
        />
      </div>
      {items.length > 0 && (
        <>
          <ul className="border-t border-rule">
            {items.map((item) => (
              <li key={item.id} className="grid gap-1 border-b border-rule py-3">
                <div className="flex flex-wrap items-center gap-3">
                  <span className="min-w-0 flex-1 truncate font-medium max-sm:basis-full">
                    <bdi>{item.file.name}</bdi>
                  </span>
                  <span className="text-ink-2">{sizeInWords(item.file.size)}</span>
                  <Select
                    label={`Format of ${item.file.name}`}
                    hideLabel
                    options={item.format === "" ? [{ value: "", name: "What the file shows" }, ...formats] : formats}
                    value={item.format}
                    disabled={item.state === "done" || item.state === "sending" || item.state === "looking"}
                    onChange={(event) => {
                      set(item.id, { format: event.target.value });
                      void look(item.id, item.file, event.target.value);
                    }}
                  />
                  <State item={item} />
                </div>
                {item.preview && !item.answer && (
                  <Looked
                    item={item}
                    formats={formats}
                    labels={labels}
                    members={members}
                    suggesting={as === "suggestions"}
                    onChange={(choices) => set(item.id, { choices })}
                  />
                )}
                {item.answer && <Report projectId={projectId} answer={item.answer} />}
              </li>
            ))}
          </ul>
          <div className="flex flex-wrap items-center gap-4">
            <Checkbox
              label="Skip lines that are wrong"
              hint="Otherwise a file with one wrong line is left out whole."
              checked={skip}
              onChange={(event) => setSkip(event.target.checked)}
            />
            <Select
              label="Marks become"
              options={AS}
              value={as}
              hint={
                as === "suggestions"
                  ? "Nobody’s review: reviewers take or dismiss each, where the settings show them. Added to articles that are here already."
                  : undefined
              }
              onChange={(event) => setAs(event.target.value)}
            />
            <Select
              label="When an article of the same address is here"
              options={SAME_PAGE}
              value={samePage}
              onChange={(event) => setSamePage(event.target.value)}
            />
            <span className="flex-1" />
            {running ? (
              <Button onClick={() => abort.current?.abort()}>Cancel</Button>
            ) : (
              <>
                <Button look="quiet" onClick={() => setItems([])}>
                  Clear the list
                </Button>
                <Button look="primary" disabled={waiting === 0} onClick={() => void send()}>
                  Import {waiting} {waiting === 1 ? "file" : "files"}
                </Button>
              </>
            )}
          </div>
        </>
      )}
    </div>
  );
}

function Looked({
  item,
  formats,
  labels,
  members,
  suggesting,
  onChange,
}: {
  item: Item;
  formats: readonly Format[];
  labels: readonly Named[];
  members: readonly Named[];
  suggesting: boolean;
  onChange: (choices: Choices) => void;
}) {
  const { preview } = item;
  if (!preview) return null;
  if (!preview.ok)
    return (
      <div role="alert" className="text-ink-2">
        <p className="text-ink">{preview.detail}</p>
        <Faults faults={preview.errors} />
      </div>
    );
  const { value } = preview;
  return (
    <>
      {value.format === null && <p className="text-ink-2">Nothing in the file says which format it has. Choose one.</p>}
      {value.errors.length > 0 && (
        <div className="text-ink-2">
          <p className="text-ink">{value.articles > 0 ? "Some of it is wrong." : "Nothing of it can be read."}</p>
          <Faults faults={value.errors} />
        </div>
      )}
      {value.articles > 0 && !formats.some((one) => one.oneArticle && one.value === value.format) && (
        <ImportMapping
          file={item.file.name}
          preview={value}
          choices={item.choices}
          labels={labels}
          members={members}
          suggesting={suggesting}
          onChange={onChange}
        />
      )}
    </>
  );
}

function State({ item }: { item: Item }) {
  // All of it is there, and is being read.
  if (item.state === "sending" && item.share === 1) return <span className="w-24 text-ink-2">reading</span>;
  if (item.state === "sending")
    return (
      <progress value={item.share} aria-label={`Sending ${item.file.name}`} className="h-1.5 w-24">
        {Math.round(item.share * 100)} %
      </progress>
    );
  const words = {
    looking: "looking inside",
    waiting: "not sent yet",
    done: "imported",
    refused: "not imported",
  } as const;
  return (
    <span className={cls("w-24", item.state === "refused" ? "font-medium" : "text-ink-2")}>{words[item.state]}</span>
  );
}
