/** Files in the shapes that the tools themselves write, version by version; the texts are invented. */
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { detect } from "./detect";
import type { NativeArticle, ReadItem } from "./native";
import { type FormatName, read } from "./registry";
import { all, articles, faults, notes } from "./testing/streams";
import { bytesOf, bytesOfBuffer } from "./utf8";

const zip = (files: Readonly<Record<string, string | Uint8Array>>): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, data]) => [name, typeof data === "string" ? Buffer.from(data) : data]),
    ),
  );

const readFile = (format: FormatName, file: string | Uint8Array, settings = {}): Promise<ReadItem[]> =>
  all(read(format, null, typeof file === "string" ? bytesOf(file) : bytesOfBuffer(file), settings));

/** `reviewer: words=LABEL{attributes}` of every span, `reviewer: words -type-> words` of every link; gold is `*`. */
const told = (items: readonly ReadItem[]): string[] =>
  articles(items).flatMap((article: NativeArticle) => {
    const cut = (start: number, end: number) => [...(article.text ?? "")].slice(start, end).join("");
    const layers = [
      ...article.reviews,
      ...(article.gold ? [{ ...article.gold, reviewer: "*" }] : []),
      ...(article.suggestions ?? []).map((set) => ({ ...set, reviewer: `${set.by} suggests` })),
    ];
    return layers.flatMap(({ reviewer, spans, links }) => {
      const words = new Map(spans.map((span) => [span.id, cut(span.start, span.end)]));
      return [
        ...spans.map((span) => {
          const said = Object.entries(span.attributes).map(([name, value]) => `${name}=${value}`);
          const more = [
            ...said,
            ...(span.score === undefined ? [] : [span.score]),
            ...(span.note ? [`note=${span.note}`] : []),
            ...(span.uncertain ? ["?"] : []),
          ];
          return `${reviewer}: ${cut(span.start, span.end)}=${span.label}${more.length > 0 ? `{${more.join(",")}}` : ""}`;
        }),
        ...links.map((link) => `${reviewer}: ${words.get(link.from)} -${link.type}-> ${words.get(link.to ?? "")}`),
      ];
    });
  });

const TEXT = "👨🏻‍🚒 firemen drive firetrucks, the mayor said.";
const region = (id: string, start: number, end: number, text: string, label: string) => ({
  id,
  from_name: "label",
  to_name: "text",
  type: "labels",
  value: { start, end, text, labels: [label] },
});

describe("Label Studio", () => {
  it.each([
    ["today's, in code points", 19, 29, []],
    ["an older one, in UTF-16", 22, 32, ["Its offsets count UTF-16 units, as older versions of Label Studio did."]],
  ])("%s", async (_, start, end, said) => {
    const task = {
      id: 7,
      data: { text: TEXT, source: "The Weir" },
      annotations: [
        {
          completed_by: { id: 3, email: "ann@desk.example" },
          was_cancelled: false,
          created_at: "2026-03-01T10:00:00.123456Z",
          result: [
            { ...region("a", start, end, "firetrucks", "CLAIM"), meta: { text: ["sure?"] } },
            { id: "a", from_name: "likelihood", type: "choices", value: { start, end, choices: ["alleged"] } },
            { id: "a", from_name: "source", type: "textarea", value: { start, end, text: ["the mayor"] } },
            region("b", start + 16, start + 25, "mayor sai", "ATTRIBUTION"),
            { type: "relation", from_id: "b", to_id: "a", direction: "right", labels: ["attributes"] },
            { from_name: "topic", to_name: "text", type: "choices", value: { choices: ["fire"] } },
          ],
        },
        { completed_by: 4, was_cancelled: true, result: [] },
        { completed_by: 3, ground_truth: true, result: [region("g", start, end, "firetrucks", "CLAIM")] },
      ],
      predictions: [
        {
          model_version: "ner-2",
          score: 0.5,
          result: [
            region("p", start, end, "firetrucks", "CLAIM"),
            { ...region("q", start + 16, start + 25, "mayor sai", "ATTRIBUTION"), score: 0.9 },
          ],
        },
        { result: [region("p", start, end, "firetrucks", "DENIAL")] },
      ],
    };
    const items = await readFile("label-studio", JSON.stringify([task]));
    expect(faults(items)).toEqual([]);
    expect(told(items)).toEqual([
      "ann@desk.example: firetrucks=CLAIM{likelihood=alleged,source=the mayor,note=sure?}",
      "ann@desk.example: mayor sai=ATTRIBUTION",
      "ann@desk.example: mayor sai -attributes-> firetrucks",
      "*: firetrucks=CLAIM",
      "ner-2 suggests: firetrucks=CLAIM{0.5}",
      "ner-2 suggests: mayor sai=ATTRIBUTION{0.9}",
      "prediction suggests: firetrucks=DENIAL",
    ]);
    const [article] = articles(items);
    expect(article).toMatchObject({ id: "7", outlet: "The Weir" });
    expect(article?.reviews.map((one) => [one.reviewer, one.status])).toEqual([
      ["ann@desk.example", "submitted"],
      ["4", "skipped"],
    ]);
    expect(article?.reviews[0]?.extra).toMatchObject({ results: [{ from_name: "topic" }] });
    expect(notes(items)).toEqual(said);
    expect(detect(Buffer.from(JSON.stringify([task])), "export.json")[0]?.format).toBe("label-studio");
  });

  it("reads what was exported before 1.0, and JSON_MIN", async () => {
    const old = [
      { id: 1, data: { text: "A dam." }, completions: [{ id: 9, result: [region("x", 2, 5, "dam", "CLAIM")] }] },
    ];
    const min = [
      {
        id: 1,
        text: "A dam.",
        annotator: 2,
        annotation_id: 5,
        label: [{ start: 2, end: 5, text: "dam", labels: ["CLAIM"] }],
      },
    ];
    expect(told(await readFile("label-studio", JSON.stringify(old)))).toEqual(["annotator: dam=CLAIM"]);
    expect(told(await readFile("label-studio", JSON.stringify(min, null, 2)))).toEqual(["2: dam=CLAIM"]);
  });

  it("names a region whose words are others", async () => {
    const task = { data: { text: "A dam." }, annotations: [{ result: [region("x", 0, 3, "dam", "CLAIM")] }] };
    expect(faults(await readFile("label-studio", JSON.stringify([task])))).toEqual([
      "1 quote-mismatch reviews.0.spans.0.quote",
    ]);
  });
});

describe("doccano", () => {
  const line = (value: object) => `${JSON.stringify(value)}\n`;
  it.each([
    ["triples, UTF-16", { text: TEXT, label: [[22, 32, "CLAIM"]] }, {}],
    ["triples named labels", { text: TEXT, labels: [[22, 32, "CLAIM"]] }, {}],
    [
      "entities",
      { id: 4, text: TEXT, entities: [{ id: 1, start_offset: 22, end_offset: 32, label: "CLAIM" }], relations: [] },
      {},
    ],
    ["graphemes, when told", { text: TEXT, label: [[16, 26, "CLAIM"]] }, { offsetUnit: "grapheme" }],
  ])("%s", async (_, value, settings) => {
    expect(told(await readFile("doccano", line(value), settings))).toEqual(["annotator: firetrucks=CLAIM"]);
  });

  it("brings the files of a zip together, one an annotator, and does not take silence for a judgement", async () => {
    const of = (entities: object[], relations: object[] = []) =>
      line({ id: 1, text: "A dam broke.", entities, relations });
    const a = { id: 5, start_offset: 2, end_offset: 5, label: "CLAIM" };
    const b = { id: 6, start_offset: 6, end_offset: 11, label: "DENIAL" };
    const items = await readFile(
      "doccano",
      zip({ "ann.jsonl": of([a, b], [{ id: 1, from_id: 6, to_id: 5, type: "denies" }]), "bo.jsonl": of([]) }),
    );
    expect(told(items)).toEqual(["ann: dam=CLAIM", "ann: broke=DENIAL", "ann: broke -denies-> dam"]);
    expect(articles(items)[0]?.reviews).toHaveLength(1);
  });

  it("says it when offsets cut a character in two", async () => {
    const items = await readFile("doccano", line({ text: TEXT, label: [[1, 9, "CLAIM"]] }));
    expect(faults(items)).toEqual(["1 outside-text entities.0"]);
  });
});

describe("brat", () => {
  it("takes discontinuous parts, relations, attributes, events, normalisations and notes", async () => {
    const text = "The mayor, tired,\nsaid the dam broke.\n";
    const ann = [
      "T1\tATTRIBUTION 4 9;18 22\tmayor said",
      "T2\tCLAIM 23 36\tthe dam broke",
      "T3\tTIRED 11 22\ttired,\nsaid",
      "R1\tattributes Arg1:T1 Arg2:T2\t",
      "A1\tlikelihood T2 alleged",
      "A2\tUncertain T2",
      "N1\tReference T1 Wikidata:Q30185\tmayor",
      "#1\tAnnotatorNotes T2\twho says so?",
      "E1\tATTRIBUTION:T1 Of:T2",
      "*\tEquiv T1 T2",
      "",
    ].join("\n");
    const items = await readFile(
      "brat",
      zip({
        "d/0001.txt": text,
        "d/0001.ann": ann.replace("tired,\nsaid", "tired, said").replace("11 22", "11 17;18 22"),
        "d/0002.txt": "B.",
        "d/0002.ann": "",
      }),
    );
    expect(faults(items)).toEqual([]);
    expect(told(items)).toEqual([
      "annotator: mayor=ATTRIBUTION{Reference=Wikidata:Q30185}",
      "annotator: said=ATTRIBUTION",
      "annotator: the dam broke=CLAIM{likelihood=alleged,note=who says so?,?}",
      "annotator: tired,\nsaid=TIRED",
      "annotator: mayor -attributes-> the dam broke",
      "annotator: mayor -Of-> the dam broke",
      "annotator: mayor -continues-> said",
    ]);
    expect(articles(items).map((one) => one.reviews.length)).toEqual([1, 0]);
    expect(notes(items).join(" ")).toContain("equivalences");
  });

  it.each([
    ["T1\tCLAIM 0 99\tx", "outside-text"],
    ["T1\tCLAIM 0 3\tdam", "quote-mismatch"],
    ["T1\tCLAIM 0 3\tThe\nT1\tCLAIM 0 3\tThe", "duplicate-id"],
    ["T1 CLAIM 0 3 The", "not-brat"],
  ])("names %j", async (ann, code) => {
    const [found] = faults(await readFile("brat", zip({ "a.txt": "The dam.", "a.ann": ann })));
    expect(found).toContain(code);
  });
});

describe("WebAnno TSV", () => {
  it.each(["3.2", "3.3"])(
    "%s: stacked, several tokens, sub-tokens, escapes, relations, slots, UTF-16",
    async (version) => {
      const tsv = [
        `#FORMAT=WebAnno TSV ${version}`,
        "#T_SP=webanno.custom.Claim|type|value",
        "#T_SP=webanno.custom.Frame|ROLE_webanno.custom.Frame:args_webanno.custom.FrameArgsLink|webanno.custom.Claim",
        "#T_RL=webanno.custom.Denies|kind|BT_webanno.custom.Claim",
        "",
        "",
        "#Text=I like 😊 dams\\tall .",
        "1-1\t0-1\tI\t_\t_\tseller\t1-2[1]\t_\t_\t",
        "1-2\t2-6\tlike\ta\\_b[1]|*[2]\tX[1]|Y[2]\t_\t_\t_\t_\t",
        "1-3\t7-9\t😊\ta\\_b[1]\tX[1]\t_\t_\t_\t_\t",
        "1-4\t10-14\tdams\t_\t_\t_\t_\t_\t_\t",
        "1-4.1\t10-13\tdam\t*\tZ\t_\t_\toutright\t1-2[2_0]\t",
        "1-5\t15-18\tall\t_\t_\t_\t_\t_\t_\t",
        "1-6\t19-20\t.\t_\t_\t_\t_\t_\t_\t",
        "",
      ].join("\n");
      const items = await readFile("webanno-tsv", tsv);
      expect(faults(items)).toEqual([]);
      expect(articles(items)[0]?.text).toBe("I like 😊 dams\tall .");
      expect(told(items)).toEqual([
        "annotator: I=Frame",
        "annotator: like 😊=X{type=a_b}",
        "annotator: like=Y",
        "annotator: dam=Z",
        "annotator: like -Denies-> dam",
        "annotator: I -seller-> like 😊",
      ]);
    },
  );

  it("leaves out what stands between two characters, as INCEpTION lets it, and says so", async () => {
    const tsv = [
      "#FORMAT=WebAnno TSV 3.3",
      "#T_SP=webanno.custom.Claim|value",
      "#T_SP=webanno.custom.Frame|ROLE_webanno.custom.Frame:args_webanno.custom.FrameArgsLink|webanno.custom.Claim",
      "",
      "",
      "#Text=No dam .",
      "1-1\t0-2\tNo\tX\t_\t_\t",
      "1-1.1\t0-0\t\tgap[1]|gap[2]\tof\t1-1\t",
      "1-2\t3-6\tdam\t*\t*\t_\t",
      "1-3\t7-8\t.\t_\t_\t_\t",
      "1-3.1\t8-8\t\tgap\t_\t_\t",
      "",
    ].join("\n");
    const items = await readFile("webanno-tsv", tsv);
    expect([faults(items), told(items)]).toEqual([
      [],
      ["annotator: No=X", "annotator: dam=Claim", "annotator: dam=Frame"],
    ]);
    expect(notes(items)).toEqual(["Left out: 4 annotations that stand between characters and hold no words."]);
  });

  it("reads INCEpTION's project folders: users, curation, and a chain as links", async () => {
    const head =
      "#FORMAT=WebAnno TSV 3.3\n#T_CH=de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink|referenceType|referenceRelation\n\n\n";
    const body =
      "#Text=He shot himself\n1-1\t0-2\tHe\tpr[1]\tcoref->1-1\t\n1-2\t3-7\tshot\t_\t_\t\n1-3\t8-15\thimself\tpr[1]\t*->1-2\t\n";
    const items = await readFile(
      "webanno-tsv",
      zip({
        "annotation/d.txt/ann.tsv": head + body,
        "curation/d.txt/CURATION_USER.tsv": head + body,
        "annotation/d.txt/INITIAL_CAS.tsv": head + body,
      }),
    );
    expect(told(items)).toEqual([
      "ann: He=pr",
      "ann: himself=pr",
      "ann: He -coref-> himself",
      "*: He=pr",
      "*: himself=pr",
      "*: He -coref-> himself",
    ]);
  });
});

describe("UIMA", () => {
  const xmi = `<?xml version="1.0" encoding="UTF-8"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:type4="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0">
    <cas:NULL xmi:id="0"/>
    <type4:Token xmi:id="3" sofa="2" begin="0" end="2" order="0"/>
    <custom:Claim xmi:id="6" sofa="2" begin="3" end="7" value="EVENT" likelihood="alleged"/>
    <custom:Claim xmi:id="7" sofa="2" begin="0" end="2"/>
    <custom:Denies xmi:id="8" sofa="2" begin="3" end="7" Governor="7" Dependent="6"/>
    <cas:Sofa xmi:id="2" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="😀 dams&#10;&amp;c."/>
    <cas:View sofa="2" members="3 6 7 8"/></xmi:XMI>`;
  const expected = ["ann: dams=EVENT{likelihood=alleged}", "ann: 😀=Claim", "ann: 😀 -Denies-> dams"];

  it("XMI with custom layers, also zipped once more as INCEpTION does", async () => {
    const inner = zip({ "ann.xmi": xmi, "TypeSystem.xml": "<typeSystemDescription/>" });
    for (const file of [zip({ "annotation/d/ann.xmi": xmi }), zip({ "annotation/d/ann.zip": inner })]) {
      const items = await readFile("uima-xmi", file);
      expect([faults(items), told(items)]).toEqual([[], expected]);
      expect(articles(items)[0]).toMatchObject({ id: "d", text: "😀 dams\n&c." });
      expect(detect(file, null)[0]?.format).toBe("uima-xmi");
    }
  });

  it("JSON CAS 0.4.0, and the older one is named", async () => {
    const cas = {
      "%TYPES": {},
      "%FEATURE_STRUCTURES": [
        { "%ID": 1, "%TYPE": "uima.cas.Sofa", sofaNum: 1, sofaID: "_InitialView", sofaString: "😀 dams" },
        {
          "%ID": 6,
          "%TYPE": "webanno.custom.Claim",
          "@sofa": 1,
          begin: 3,
          end: 7,
          value: "EVENT",
          likelihood: "alleged",
        },
        { "%ID": 7, "%TYPE": "webanno.custom.Claim", "@sofa": 1, begin: 0, end: 2 },
        { "%ID": 8, "%TYPE": "webanno.custom.Denies", "@sofa": 1, begin: 3, end: 7, "@Governor": 7, "@Dependent": 6 },
      ],
      "%VIEWS": { _InitialView: { "%SOFA": 1, "%MEMBERS": [6, 7, 8] } },
    };
    expect(told(await readFile("uima-json", zip({ "annotation/d/ann.json": JSON.stringify(cas) })))).toEqual(expected);
    expect(faults(await readFile("uima-json", JSON.stringify({ _context: {}, _views: {} })))).toEqual(["unsupported"]);
  });
});

it("CoNLL 2003: documents, BIO and IOB, and the text is said to be made", async () => {
  const file =
    "-DOCSTART- -X- -X- O\n\nEU NNP B-NP B-ORG\nrejects VBZ O O\n\nIt PRP O I-ORG\nran VBD O I-ORG\n\n-DOCSTART- -X- O O\n\nNo DT O O\n";
  const items = await readFile("conll", file);
  expect(articles(items).map((one) => one.text)).toEqual(["EU rejects\nIt ran", "No"]);
  expect(told(items)).toEqual(["annotator: EU=ORG", "annotator: It ran=ORG"]);
  expect(notes(items)[0]).toContain("made of them");
});

it("Web Annotations by quote alone, by position in either unit, and never by guessing", async () => {
  const text = "💩This is an annotation. An annotation.";
  const of = (selector: object[]) => ({
    type: "Annotation",
    body: { type: "TextualBody", value: "CLAIM" },
    target: { source: "urn:x", selector },
  });
  const described = {
    type: "Annotation",
    motivation: "describing",
    body: { type: "TextualBody", value: text },
    target: "urn:x",
  };
  const quote = (exact: string, more = {}) => ({ type: "TextQuoteSelector", exact, ...more });
  const read = async (...selectors: object[]) =>
    readFile("w3c", `${JSON.stringify(described)}\n${JSON.stringify(of(selectors))}`);
  for (const selectors of [
    [quote("annotation"), { type: "TextPositionSelector", start: 12, end: 22 }],
    [quote("annotation"), { type: "TextPositionSelector", start: 13, end: 23 }],
    [quote("annotation", { prefix: "is an " })],
  ]) {
    const [article] = articles(await read(...selectors));
    expect(article?.reviews[0]?.spans[0]).toMatchObject({ start: 12, end: 22, label: "CLAIM" });
  }
  expect(faults(await read(quote("annotation")))).toEqual(["1 quote-mismatch items.0.target.selector"]);
});
