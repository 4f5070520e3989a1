/** Every act by its name, for the command palette, with the keys that do the same. */
import type { Deed } from "./command-palette";
import { type Bound, KEYS, shownStroke } from "./keys";
import type { Commands } from "./use-commands";
import type { Finish } from "./use-finish";
import type { Screen } from "./use-screen";
import type { Shape } from "./use-shape";
import type { Suggestions } from "./use-suggestions";

export function deedsOf(
  screen: Screen,
  commands: Commands,
  shape: Shape,
  finish: Finish,
  suggestions: Suggestions,
  more: { readonly openFind: () => void; readonly startTour: () => void },
): readonly Deed[] {
  const { chosen, readOnly, settings, set } = screen;
  const keys = { ...KEYS, ...settings.keys };
  const shownKey = (kind: Bound) => shownStroke(keys[kind]);
  const labels = screen.page.scheme.labels.filter((l) => !l.archived);
  return [
    ...(readOnly
      ? []
      : [
          ...labels.map((l) => ({
            name: `Mark the selection ${l.name}`,
            keys: l.hotkey ?? "",
            group: "Mark",
            run: () => commands.label(l),
          })),
          { name: "Select the sentence", keys: shownKey("sentence"), group: "Mark", run: commands.sentence },
          { name: "Exact selection on or off", keys: shownKey("exact"), group: "Mark", run: commands.toggleExact },
          ...(chosen
            ? [
                { name: "Edit the range", keys: shownKey("range"), group: "Span in hand", run: commands.editRange },
                {
                  name: "Split it in two",
                  keys: shownKey("split"),
                  group: "Span in hand",
                  run: () => shape.split({ press: true }),
                },
                {
                  name: "Merge it with the next of its label",
                  keys: shownKey("merge"),
                  group: "Span in hand",
                  run: shape.merge,
                },
                {
                  name: "Fill it as the last of its label",
                  keys: shownKey("copy"),
                  group: "Span in hand",
                  run: shape.copy,
                },
                { name: "Link it", keys: shownKey("link"), group: "Span in hand", run: commands.startLink },
                { name: "Label every occurrence", keys: shownKey("every"), group: "Span in hand", run: commands.every },
                {
                  name: "Take it together with others",
                  keys: shownKey("several"),
                  group: "Span in hand",
                  run: shape.takeChosen,
                },
                { name: "Uncertain", keys: shownKey("uncertain"), group: "Span in hand", run: commands.uncertain },
                { name: "Remove it", keys: "Backspace", group: "Span in hand", run: () => commands.remove() },
              ]
            : []),
          ...(suggestions.open.length > 0
            ? [
                {
                  name: "Next suggestion",
                  keys: shownKey("suggestion"),
                  group: "Suggestions",
                  run: () => suggestions.walk(1),
                },
                {
                  name: "Previous suggestion",
                  keys: shownKey("suggestionBefore"),
                  group: "Suggestions",
                  run: () => suggestions.walk(-1),
                },
              ]
            : []),
          ...(suggestions.inHand
            ? [
                { name: "Take the suggestion", keys: "Enter", group: "Suggestions", run: () => suggestions.take() },
                {
                  name: "Dismiss the suggestion",
                  keys: "Backspace",
                  group: "Suggestions",
                  run: () => suggestions.dismiss(),
                },
              ]
            : []),
          ...(suggestions.dismissed > 0
            ? [{ name: "Ask dismissed suggestions again", group: "Suggestions", run: suggestions.askAgain }]
            : []),
          { name: "Undo", keys: "Ctrl Z", group: "Review", run: () => commands.step("undo") },
          { name: "Redo", keys: "Shift Ctrl Z", group: "Review", run: () => commands.step("redo") },
          { name: "Submit and take the next", keys: "Ctrl Enter", group: "Review", run: () => void finish.submit() },
          { name: "Skip this article", group: "Review", run: () => set.setPanel("skip") },
          ...(screen.page.carried.orphans.length > 0
            ? [{ name: "Marks without a place", group: "Review", run: () => set.setPanel("orphans") }]
            : []),
          {
            name: "History: what was done",
            keys: shownKey("history"),
            group: "Review",
            run: () => set.setPanel("history"),
          },
        ]),
    { name: "Next span", keys: shownKey("next"), group: "Go", run: () => commands.walk(1) },
    { name: "Previous span", keys: shownKey("previous"), group: "Go", run: () => commands.walk(-1) },
    { name: "Next of the spans at this place", keys: shownKey("here"), group: "Go", run: shape.here },
    { name: "Find in the article", keys: shownKey("find"), group: "Go", run: more.openFind },
    {
      name: settings.invisible ? "Hide invisible characters" : "Show invisible characters",
      keys: shownKey("invisible"),
      group: "Look",
      run: () => set.setSettings({ invisible: !settings.invisible }),
    },
    { name: "Print with labels", group: "Look", run: () => window.print() },
    { name: "First tour", group: "Help", run: more.startTour },
    { name: "Guideline", group: "Help", run: () => set.setPanel("guideline") },
    { name: "Keys and settings", keys: shownKey("keys"), group: "Help", run: () => set.setPanel("keys") },
  ];
}
