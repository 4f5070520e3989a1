"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { REGION_ROLES, type RegionRole } from "@/lib/regions/roles";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { Checkbox, Field, Select, TextArea } from "../ui/field";
import { Notice, Section } from "../ui/page";

export type ProjectPolicies = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly reviewersPerArticle: number;
  readonly blind: boolean;
  readonly acceptUnanimous: boolean;
  readonly adjudicateOwn: boolean;
  readonly forbidOutsideScope: boolean;
  readonly showSuggestions: boolean;
  readonly thirdReviewer: "never" | "differ" | "low";
  readonly thirdBelow: number;
  readonly idleDays: number | null;
  readonly scope: readonly RegionRole[];
};

const NAMES: Readonly<Record<RegionRole, string>> = {
  headline: "Headline",
  standfirst: "Standfirst",
  byline: "Byline and dateline",
  body: "Body",
  subheading: "Subheadings",
  caption: "Captions and credits",
  related: "Related links",
  meta: "Post meta",
  comment: "Reader comments",
  form: "Comment forms",
  debris: "Other debris",
};

export function ProjectSettings({ project }: { project: ProjectPolicies }) {
  const router = useRouter();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [saved, setSaved] = useState(false);
  const fault = (path: string) => problem?.errors.find((error) => error.path === path)?.message;
  return (
    <form
      onChange={() => setSaved(false)}
      onSubmit={async (event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const on = (name: string) => data.get(name) === "on";
        const answer = await api("PATCH", `/projects/${project.id}`, {
          name: String(data.get("name")),
          description: String(data.get("description")),
          reviewersPerArticle: Number(data.get("reviewersPerArticle")),
          blind: on("blind"),
          acceptUnanimous: on("acceptUnanimous"),
          adjudicateOwn: on("adjudicateOwn"),
          forbidOutsideScope: on("forbidOutsideScope"),
          showSuggestions: on("showSuggestions"),
          thirdReviewer: String(data.get("thirdReviewer")),
          thirdBelow: Number(data.get("thirdBelow")),
          idleDays: data.get("idleDays") === "" ? null : Number(data.get("idleDays")),
          scope: data.getAll("scope").map(String),
        });
        setProblem(answer.ok ? null : answer);
        setSaved(answer.ok);
        router.refresh();
      }}
    >
      <Section title="The project">
        <div className="grid max-w-xl gap-4">
          <Field label="Name" name="name" defaultValue={project.name} required maxLength={200} error={fault("name")} />
          <TextArea
            label="Description"
            name="description"
            defaultValue={project.description}
            error={fault("description")}
          />
        </div>
      </Section>
      <Section title="Reviewing">
        <div className="grid max-w-xl gap-4">
          <div className="w-40">
            <Field
              label="Reviewers an article"
              name="reviewersPerArticle"
              type="number"
              min={1}
              max={20}
              defaultValue={project.reviewersPerArticle}
              error={fault("reviewersPerArticle")}
            />
          </div>
          <Checkbox
            label="Blind"
            name="blind"
            defaultChecked={project.blind}
            hint="Whoever has an open review of an article sees nobody else’s marks there until it is settled."
          />
          <Checkbox
            label="Accept unanimous cases"
            name="acceptUnanimous"
            defaultChecked={project.acceptUnanimous}
            hint="Where all reviewers agree in everything, the case is decided without an adjudicator, and recorded."
          />
          <Checkbox
            label="Reviewers may settle articles that they reviewed"
            name="adjudicateOwn"
            defaultChecked={project.adjudicateOwn}
            hint="Recorded with each such decision."
          />
          <Checkbox
            label="Show suggestions to reviewers"
            name="showSuggestions"
            defaultChecked={project.showSuggestions}
            hint="What was imported as suggestions is drawn into the article, to be taken or dismissed. Every span says whether it came from one, and agreement leaves those out unless it is asked for them."
          />
          <Select
            label="Ask for a third reviewer"
            name="thirdReviewer"
            defaultValue={project.thirdReviewer}
            options={[
              { value: "never", name: "never" },
              { value: "differ", name: "where the two first differ at all" },
              { value: "low", name: "where they agree in too few cases" },
            ]}
            hint="By itself, when the second review is submitted, and recorded. Differing means in whether, what or where something is marked."
            error={fault("thirdReviewer")}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <Field
              label="Too few: below per cent of the cases"
              name="thirdBelow"
              type="number"
              min={1}
              max={100}
              defaultValue={project.thirdBelow}
              error={fault("thirdBelow")}
            />
            <Field
              label="List open reviews as idle after days"
              name="idleDays"
              type="number"
              min={1}
              max={365}
              defaultValue={project.idleDays ?? ""}
              hint="Empty: never. Editors take them back under Batches."
              error={fault("idleDays")}
            />
          </div>
        </div>
      </Section>
      <Section title="Scope" note="The parts of a page in which this project annotates. Agreement counts only these.">
        <fieldset className="grid max-w-2xl gap-2 sm:grid-cols-3">
          <legend className="sr-only">Regions in scope</legend>
          {REGION_ROLES.map((role) => (
            <label key={role} className="flex items-center gap-2">
              <input
                type="checkbox"
                name="scope"
                value={role}
                defaultChecked={project.scope.includes(role)}
                className="size-4 accent-[var(--ink)]"
              />
              {NAMES[role]}
            </label>
          ))}
        </fieldset>
        <div className="mt-4">
          <Checkbox
            label="Refuse spans outside the scope"
            name="forbidOutsideScope"
            defaultChecked={project.forbidOutsideScope}
            hint="Otherwise they can be made, but do not count."
          />
        </div>
      </Section>
      <div className="flex items-center gap-4 border-t border-rule py-4">
        <Button look="primary" type="submit">
          Save the settings
        </Button>
        {saved && <Notice>Saved.</Notice>}
        {problem && <Notice tone="fault">{problem.detail}</Notice>}
      </div>
    </form>
  );
}
