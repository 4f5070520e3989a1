"use client";

import { BookOpen, ChevronLeft, ChevronRight, History, Redo2, Search, Undo2 } from "lucide-react";
import Link from "next/link";
import type { History as Done } from "@/lib/spans/history";
import { UserMenu } from "../shell/top-bar";
import type { Saving } from "./draft/saving";
import type { ReviewPage } from "./model";
import { Press } from "./press";
import { SavingMark } from "./saving-mark";

/** Where one is, whether it is saved, and what comes next. */
export function ReviewTopBar({
  page,
  saving,
  guidelineOpen,
  onCommands,
  onGuideline,
  onKeys,
  look,
  steps,
  children,
}: {
  page: ReviewPage;
  saving: Saving | null;
  guidelineOpen: boolean;
  onCommands: () => void;
  onGuideline: () => void;
  onKeys: () => void;
  look: React.ReactNode;
  steps: React.ReactNode;
  /** The screen's one primary button. */
  children: React.ReactNode;
}) {
  const { project, article, progress } = page;
  const queue = `/projects/${project.id}/queue`;
  return (
    <header className="rv-top">
      <Link className="rv-back" href={queue} aria-label="Back to the queue">
        <ChevronLeft size={18} aria-hidden />
      </Link>
      <Link className="rv-brand" href="/">
        Gloss
      </Link>
      <Link className="rv-project" href={queue}>
        {project.name}
      </Link>
      <ChevronRight className="rv-sep" size={14} aria-hidden />
      <span className="rv-title" title={article.title} dir="auto">
        {article.title}
      </span>
      {progress.total > 0 && (
        <span
          className="rv-count"
          title={`${progress.submitted} of your ${progress.total} articles submitted`}
          style={{ "--part": `${(progress.submitted / progress.total) * 100}%` } as React.CSSProperties}
        >
          <b>{progress.submitted}</b> of {progress.total}
        </span>
      )}
      {saving && <SavingMark saving={saving} />}
      <span className="rv-gap" />
      {steps}
      {look}
      <button type="button" className="rv-btn find" onClick={onCommands} aria-label="Search and commands">
        <Search size={15} aria-hidden />
        <span>Search</span>
        <kbd>Ctrl K</kbd>
      </button>
      <button
        type="button"
        className="rv-btn guide"
        onClick={onGuideline}
        aria-label="Guideline"
        aria-pressed={guidelineOpen}
      >
        <BookOpen size={15} aria-hidden />
        <span>Guideline</span>
      </button>
      <button type="button" className="rv-btn help" onClick={onKeys} aria-label="Keys">
        <kbd>?</kbd>
      </button>
      <span className="rv-user">
        <UserMenu user={{ name: page.user.name, isAdmin: false }} />
      </span>
      {children}
    </header>
  );
}

/** Back, forth, and the list of what was done. */
export function Steps({
  history,
  open,
  onStep,
  onHistory,
}: {
  history: Done;
  open: boolean;
  onStep: (which: "undo" | "redo") => void;
  onHistory: () => void;
}) {
  return (
    <span className="rv-steps">
      <Press
        className="rv-btn step"
        aria-label="Undo"
        title="Undo (Ctrl Z)"
        disabled={history.done.length === 0}
        onClick={() => onStep("undo")}
      >
        <Undo2 size={16} aria-hidden />
      </Press>
      <Press
        className="rv-btn step redo"
        aria-label="Redo"
        title="Redo (Shift Ctrl Z)"
        disabled={history.undone.length === 0}
        onClick={() => onStep("redo")}
      >
        <Redo2 size={16} aria-hidden />
      </Press>
      <Press
        className="rv-btn step list"
        aria-label="History"
        title="What was done"
        aria-pressed={open}
        onClick={onHistory}
      >
        <History size={16} aria-hidden />
      </Press>
    </span>
  );
}
