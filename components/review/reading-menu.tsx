"use client";

import { ALargeSmall } from "lucide-react";
import { useTheme } from "next-themes";
import { Checkbox } from "@/components/ui/field";
import { Popover } from "@/components/ui/popover";
import { type Settings, SIZES } from "./settings";

const WIDTHS = [
  ["narrow", "Narrow"],
  ["usual", "Usual"],
  ["wide", "Wide"],
] as const;
const SPACINGS = [
  ["tight", "Tight"],
  ["usual", "Usual"],
  ["loose", "Loose"],
] as const;
const THEMES = [
  ["light", "Light"],
  ["dark", "Dark"],
  ["system", "System"],
] as const;

/** How the article is set, remembered in this browser. */
export function ReadingMenu({
  settings,
  onSettings,
}: {
  settings: Settings;
  onSettings: (change: Partial<Settings>) => void;
}) {
  const { theme = "system", setTheme } = useTheme();
  const size = Math.min(SIZES.most, Math.max(SIZES.least, settings.size));
  return (
    <Popover
      label="How the article looks"
      trigger={
        <button type="button" className="rv-btn look">
          <ALargeSmall size={18} aria-hidden />
        </button>
      }
    >
      <div className="rv-looks">
        <Row name="Text">
          <button
            type="button"
            aria-label="Smaller text"
            disabled={size <= SIZES.least}
            onClick={() => onSettings({ size: size - 1 })}
          >
            A−
          </button>
          <output aria-label="Size of the text">{Math.round(100 * (1 + size * 0.1))} %</output>
          <button
            type="button"
            aria-label="Larger text"
            disabled={size >= SIZES.most}
            onClick={() => onSettings({ size: size + 1 })}
          >
            A+
          </button>
        </Row>
        <Choice name="Column" of={WIDTHS} value={settings.width} onChange={(width) => onSettings({ width })} />
        <Choice name="Lines" of={SPACINGS} value={settings.spacing} onChange={(spacing) => onSettings({ spacing })} />
        <Choice name="Theme" of={THEMES} value={theme} onChange={setTheme} />
        <Checkbox
          label="Show invisible characters"
          checked={settings.invisible}
          onChange={(event) => onSettings({ invisible: event.target.checked })}
        />
        <Checkbox
          label="Draw the whole text and list"
          hint="For screen readers and the browser's own search"
          checked={settings.whole}
          onChange={(event) => onSettings({ whole: event.target.checked })}
        />
      </div>
    </Popover>
  );
}

function Row({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <fieldset>
      <legend>{name}</legend>
      <div>{children}</div>
    </fieldset>
  );
}

function Choice<V extends string>({
  name,
  of,
  value,
  onChange,
}: {
  name: string;
  of: readonly (readonly [V, string])[];
  value: string;
  onChange: (value: V) => void;
}) {
  return (
    <Row name={name}>
      {of.map(([key, words]) => (
        <button type="button" key={key} aria-pressed={value === key} onClick={() => onChange(key)}>
          {words}
        </button>
      ))}
    </Row>
  );
}
