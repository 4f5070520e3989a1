"use client";

import { useRouter } from "next/navigation";
import { Button } from "../ui/button";
import { Field, Select } from "../ui/field";

/** A plain GET form: what it says stands in the address. */
export function ArticleFilter({
  q,
  status,
  outlet,
  outlets,
  batch,
  batches,
  mayBin,
}: {
  q: string;
  status: string;
  outlet: string;
  outlets: readonly string[];
  batch: string;
  batches: readonly { readonly id: string; readonly name: string }[];
  mayBin: boolean;
}) {
  const router = useRouter();
  return (
    <search>
      <form
        className="flex flex-wrap items-end gap-3 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          const query = new URLSearchParams();
          for (const [name, value] of new FormData(event.currentTarget))
            if (value !== "") query.set(name, String(value));
          router.push(`?${query}`);
        }}
      >
        <div className="w-full sm:w-72">
          <Field label="Title or outlet has" name="q" type="search" defaultValue={q} />
        </div>
        <div className="w-44">
          <Select
            label="State"
            name="status"
            defaultValue={status}
            options={[
              { value: "", name: "any" },
              { value: "open", name: "open" },
              { value: "adjudication", name: "in adjudication" },
              { value: "settled", name: "settled" },
              { value: "superseded", name: "former versions" },
              ...(mayBin ? [{ value: "bin", name: "in the bin" }] : []),
            ]}
          />
        </div>
        {outlets.length > 0 && (
          <div className="w-52">
            <Select
              label="Outlet"
              name="outlet"
              defaultValue={outlet}
              options={[{ value: "", name: "any" }, ...outlets.map((name) => ({ value: name, name }))]}
            />
          </div>
        )}
        {batches.length > 0 && (
          <div className="w-44">
            <Select
              label="Batch"
              name="batch"
              defaultValue={batch}
              options={[
                { value: "", name: "any" },
                { value: "none", name: "none" },
                ...batches.map(({ id, name }) => ({ value: id, name })),
              ]}
            />
          </div>
        )}
        <Button type="submit">Show</Button>
      </form>
    </search>
  );
}
