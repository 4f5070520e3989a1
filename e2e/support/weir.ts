/** An invented article that three reviewers marked differently, as native JSONL, to be settled. */
export const WEIR = `Weir gates were left open for six days, engineers say

MARLOW FORD — The gates of the Tarn weir were almost certainly left open for six days before the flood, two engineers said on Tuesday, and the valley council knew of it.

“We told the council in writing on 3 March,” said Orla Penn, who ran the gate house until April.

The council denied any knowledge of a warning. A spokesman called the letter “a fantasy written after the event”.
`;

type Mark = readonly [words: string, label: string, attributes?: Readonly<Record<string, string>>];

const review = (reviewer: string, marks: readonly Mark[]) => {
  const spans = marks.map(([words, label, attributes = {}]) => {
    const start = [...WEIR.slice(0, WEIR.indexOf(words))].length;
    return { id: crypto.randomUUID(), start, end: start + [...words].length, label, quote: words, attributes };
  });
  const links = spans
    .filter((span) => span.label === "DENIAL")
    .map((span) => ({
      id: crypto.randomUUID(),
      type: "denies",
      from: span.id,
      to: null,
      to_text: "that the council was warned",
    }));
  return { reviewer, status: "submitted", spans, links };
};

export const weir = () => ({
  title: "Weir gates were left open for six days, engineers say",
  text: WEIR,
  outlet: "Valley Register",
  language: "en",
  reviews: [
    review("Ines", [
      [
        "The gates of the Tarn weir were almost certainly left open for six days before the flood",
        "CLAIM",
        { likelihood: "near-certain" },
      ],
      ["two engineers said on Tuesday", "ATTRIBUTION"],
      ["The council denied any knowledge of a warning", "DENIAL", { kind: "outright" }],
    ]),
    review("Bo", [
      ["gates of the Tarn weir were almost certainly left open for six days", "CLAIM", { likelihood: "certain" }],
      ["two engineers said on Tuesday", "ATTRIBUTION"],
      ["the valley council knew of it", "CLAIM"],
    ]),
    review("Cy", [
      [
        "The gates of the Tarn weir were almost certainly left open for six days before the flood",
        "CLAIM",
        { likelihood: "near-certain" },
      ],
      ["two engineers said on Tuesday", "ATTRIBUTION"],
      ["The council denied any knowledge of a warning", "CLAIM"],
    ]),
  ],
});
