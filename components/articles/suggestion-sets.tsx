"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Notice } from "../ui/page";
import { Table, Td, Th } from "../ui/table";

export type SuggestionSet = {
  readonly id: string;
  readonly by: string;
  readonly person: boolean;
  readonly articles: number;
  readonly suggestions: number;
};

/** What was imported as suggestions, by whom or what; each set can be deleted whole. */
export function SuggestionSets({ projectId, sets }: { projectId: string; sets: readonly SuggestionSet[] }) {
  return (
    <Table caption="Sets of suggestions">
      <thead>
        <tr>
          <Th>Suggested by</Th>
          <Th className="text-right">Suggestions</Th>
          <Th className="text-right">Articles</Th>
          <Th>
            <span className="sr-only">Delete</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {sets.map((set) => (
          <tr key={set.id}>
            <Td>
              <bdi>{set.by}</bdi>
              {set.person && <span className="text-ink-2">, annotations</span>}
            </Td>
            <Td className="text-right">{set.suggestions.toLocaleString("en")}</Td>
            <Td className="text-right">{set.articles.toLocaleString("en")}</Td>
            <Td className="text-right">
              <Delete projectId={projectId} set={set} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Delete({ projectId, set }: { projectId: string; set: SuggestionSet }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  return (
    <Dialog
      title="Delete these suggestions?"
      description={`${set.suggestions.toLocaleString("en")} by ${set.by}`}
      trigger={
        <Button look="quiet" className="-my-1.5" aria-label={`Delete the suggestions by ${set.by}`}>
          Delete
        </Button>
      }
      open={open}
      onOpenChange={setOpen}
    >
      <div className="grid gap-4">
        <p className="text-ink-2">
          They are gone for good, with what was dismissed of them. Spans that were made of one stay, and still say where
          they came from. Importing the file again brings the suggestions back.
        </p>
        {problem && <Notice tone="fault">{problem.detail}</Notice>}
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={() => setOpen(false)}>
            Keep them
          </Button>
          <Button
            look="danger"
            disabled={busy}
            onClick={async () => {
              setBusy(true);
              const answer = await api("DELETE", `/projects/${projectId}/suggestions/${set.id}`);
              setBusy(false);
              setProblem(answer.ok ? null : answer);
              if (!answer.ok) return;
              setOpen(false);
              router.refresh();
            }}
          >
            Delete them
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
