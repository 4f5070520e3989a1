"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { api } from "../api";
import { Button } from "../ui/button";
import { Select } from "../ui/field";
import { Notice } from "../ui/page";

type Filter = { readonly q?: string; readonly status?: string; readonly outlet?: string; readonly batch?: string };

/**
 * Puts what is ticked in the list, or all that the filter finds, into a batch. The boxes are the table's own inputs, so that the table stays
 * a server's.
 */
export function BatchBar({
  projectId,
  batches,
  into,
  filter,
  children,
}: {
  projectId: string;
  batches: readonly { readonly id: string; readonly name: string }[];
  /** The batch to begin with. */
  into: string | null;
  filter: Filter;
  children: ReactNode;
}) {
  const router = useRouter();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [target, setTarget] = useState(into ?? batches[0]?.id ?? "");
  const [told, setTold] = useState<{ tone: "note" | "fault"; words: string } | null>(null);
  const name = batches.find((one) => one.id === target)?.name ?? "";
  const move = async (which: object, remove = false) => {
    const answer = await api<{ moved: number; refused: number }>(
      "POST",
      `/projects/${projectId}/batches/${target}/articles`,
      { ...which, remove },
    );
    setTold(
      answer.ok
        ? { tone: "note", words: wordsOf(answer.value.moved, answer.value.refused, name, remove) }
        : { tone: "fault", words: answer.errors[0]?.message ?? answer.detail },
    );
    if (answer.ok) setChosen([]);
    router.refresh();
  };
  return (
    <form
      onSubmit={(event) => event.preventDefault()}
      onChange={(event) => {
        const form = event.currentTarget;
        setChosen(new FormData(form).getAll("article").map(String));
      }}
    >
      {batches.length > 0 && (
        <fieldset className="flex flex-wrap items-end gap-3 border-y border-rule py-3">
          <legend className="sr-only">Put articles into a batch</legend>
          <div className="w-56">
            <Select
              label="Batch"
              value={target}
              onChange={(event) => setTarget(event.target.value)}
              options={batches.map(({ id, name }) => ({ value: id, name }))}
            />
          </div>
          <Button disabled={chosen.length === 0} onClick={() => void move({ articles: chosen })}>
            {chosen.length === 0 ? "Put in what is ticked" : `Put in ${chosen.length}`}
          </Button>
          <Button look="quiet" disabled={chosen.length === 0} onClick={() => void move({ articles: chosen }, true)}>
            Take out
          </Button>
          <Button
            look="quiet"
            onClick={async () => {
              const path = `/projects/${projectId}/batches/${target}/articles`;
              const counted = await api<{ moved: number }>("POST", path, { filter, dryRun: true });
              if (!counted.ok) setTold({ tone: "fault", words: counted.detail });
              else if (counted.value.moved === 0) setTold({ tone: "note", words: "Nothing here that is not in it." });
              else if (window.confirm(`Put ${counted.value.moved} articles, all that this list finds, into ${name}?`))
                await move({ filter });
            }}
          >
            Put in all that the list finds
          </Button>
          {told && <Notice tone={told.tone}>{told.words}</Notice>}
        </fieldset>
      )}
      {children}
    </form>
  );
}

const wordsOf = (moved: number, refused: number, name: string, remove: boolean) =>
  `${moved === 1 ? "1 article" : `${moved} articles`} ${remove ? "taken out of" : "put into"} ${name}.${refused > 0 ? ` ${refused} are not settled, so there is nothing to train on.` : ""}`;
