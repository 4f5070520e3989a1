"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field, Select } from "../ui/field";
import { Notice } from "../ui/page";
import { type BatchRow, type PersonOption, PURPOSES, type Purpose } from "./model";

/** Makes a batch or changes one. What a purpose does not need is not asked for. */
export function BatchForm({
  projectId,
  batch,
  people,
  draft,
  trigger,
}: {
  projectId: string;
  batch?: BatchRow;
  people: readonly PersonOption[];
  /** What a new one begins with, such as the round that it follows. */
  draft?: Partial<BatchRow>;
  trigger: React.ReactElement<Record<string, unknown>>;
}) {
  const router = useRouter();
  const start = batch ?? draft;
  const [open, setOpen] = useState(false);
  const [purpose, setPurpose] = useState<Purpose>(start?.purpose ?? "ordinary");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const fault = (path: string) => problem?.errors.find((error) => error.path.split(".")[0] === path)?.message;
  return (
    <Dialog
      title={batch ? "Change the batch" : "New batch"}
      description={PURPOSES.find((one) => one.value === purpose)?.does}
      trigger={trigger}
      open={open}
      onOpenChange={setOpen}
      wide
    >
      <form
        className="grid gap-4"
        onSubmit={async (event) => {
          event.preventDefault();
          const body = { ...bodyOf(new FormData(event.currentTarget), purpose), followsId: start?.followsId ?? null };
          setBusy(true);
          const answer = batch
            ? await api<BatchRow>("PATCH", `/projects/${projectId}/batches/${batch.id}`, body)
            : await api<BatchRow>("POST", `/projects/${projectId}/batches`, body);
          setBusy(false);
          setProblem(answer.ok ? null : answer);
          if (!answer.ok) return;
          setOpen(false);
          if (batch) router.refresh();
          else router.push(`/projects/${projectId}/batches/${answer.value.id}`);
        }}
      >
        {problem && (
          <Notice tone="fault">{problem.errors.map((one) => one.message).join(" ") || problem.detail}</Notice>
        )}
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Field label="Name" name="name" required maxLength={200} defaultValue={start?.name} error={fault("name")} />
          <Select
            label="Purpose"
            name="purpose"
            value={purpose}
            onChange={(event) =>
              setPurpose(PURPOSES.find((one) => one.value === event.target.value)?.value ?? "ordinary")
            }
            options={PURPOSES.map(({ value, name }) => ({ value, name }))}
            error={fault("purpose")}
          />
          {purpose === "ordinary" && (
            <>
              <Field
                label="Reviewers an article"
                name="reviewersPerArticle"
                type="number"
                min={1}
                max={20}
                defaultValue={start?.reviewersPerArticle ?? undefined}
                hint="Empty: as the project."
                error={fault("reviewersPerArticle")}
              />
              <Field
                label="For how many per cent of the articles"
                name="share"
                type="number"
                min={0}
                max={100}
                defaultValue={start?.share ?? undefined}
                hint="The rest get one reviewer. Which, is drawn at random. Empty: all."
                error={fault("share")}
              />
            </>
          )}
          <Field
            label="Priority"
            name="priority"
            type="number"
            defaultValue={start?.priority ?? 0}
            hint="Higher goes out first; articles outside any batch have 0."
            error={fault("priority")}
          />
          <Field
            label="Deadline"
            name="deadline"
            type="date"
            defaultValue={start?.deadline?.slice(0, 10)}
            error={fault("deadline")}
          />
        </div>
        <fieldset className="grid gap-2">
          <legend className="mb-1 font-medium">{purpose === "training" ? "Trainees" : "People"}</legend>
          <div className="grid max-h-48 gap-1.5 overflow-auto sm:grid-cols-2">
            {people.map((person) => (
              <label key={person.userId} className="flex min-h-6 items-center gap-2">
                <input
                  type="checkbox"
                  name="people"
                  value={person.userId}
                  defaultChecked={start?.people?.includes(person.userId)}
                  className="size-4 accent-[var(--ink)]"
                />
                {person.name}
              </label>
            ))}
          </div>
          <p className="text-xs text-ink-2">
            {purpose === "calibration"
              ? "Two or more, by name. Each of them reviews every article."
              : purpose === "training"
                ? "Nobody chosen: every trainee of the project."
                : "Nobody chosen: every reviewer of the project."}
          </p>
        </fieldset>
        <div>
          <Button look="primary" type="submit" disabled={busy}>
            {batch ? "Save" : "Make the batch"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function bodyOf(data: FormData, purpose: Purpose) {
  const number = (name: string) => {
    const given = String(data.get(name) ?? "").trim();
    return given === "" ? null : Number(given);
  };
  const deadline = String(data.get("deadline") ?? "");
  return {
    name: String(data.get("name")),
    purpose,
    reviewersPerArticle: purpose === "ordinary" ? number("reviewersPerArticle") : null,
    share: purpose === "ordinary" ? number("share") : null,
    priority: number("priority") ?? 0,
    // The day's end, in the reader's zone.
    deadline: deadline === "" ? null : new Date(`${deadline}T23:59:59`).toISOString(),
    people: data.getAll("people").map(String),
  };
}
