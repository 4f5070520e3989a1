import { type ArticleSource, attribution, block, claim, denial } from "../source";

/** The agency's second report once more, under another headline. One review so far: two are wanting. */
export const meridianRepost: ArticleSource = {
  key: "meridian-repost",
  outlet: "Northern Wire",
  repostedBy: "Meridian Post",
  author: null,
  url: "https://meridianpost.example/world/ex-manager-in-the-dock",
  published: "Mar 18, 2024 5:41 pm",
  title: "Ex-manager in the dock over hill railway ‘forgery’",
  blocks: [
    block("headline", "Ex-manager in the dock over hill railway ‘forgery’"),
    block("byline", "Northern Wire\nMar 18, 2024 5:41 pm"),
    block(
      "body",
      `TARNHOLM (Northern Wire) - Prosecutors charged a former maintenance manager of Tarnholm Hill Railways on Monday with forging a page of the brake log of the Kestrel Hill funicular, nine weeks after its lower car rolled back and injured 11\u00a0people.`,
    ),
    block(
      "body",
      `The 52-year-old man, whose name was not released, is accused of replacing an entry that called the pads of the track brake "at limit" with one that describes them as "within tolerance". He left the company in February. If he is found guilty he could face up to five years in prison.`,
    ),
    block("related", "Also read: Hill railway operator rejects accusation over altered brake records"),
    block(
      "body",
      `His lawyer, Konrad Thiel, said his client had been at home on the night of January\u00a016 and had never owned a key to the workshop. "The prosecution has found a man, not a culprit," Thiel said.`,
    ),
    block(
      "body",
      `Ilse Varga, the chief executive, denied that anybody in the company had asked for the entry to be changed. "If a page was altered, it was altered without our knowledge and against our rules," she told a news conference.`,
    ),
    block(
      "body",
      `Investigators believe that the pads would have failed within weeks in any case, according to two people who have seen a draft of the final report. They have not established whether worn pads caused the accident, the people said.`,
    ),
    block(
      "body",
      `Helena Morrow, the transport minister, told parliament on Thursday that the independent review would begin in April and that all 31\u00a0cableways in the country would have their logs examined.`,
    ),
    block("form", "Log in to continue reading or to leave a comment"),
    block("related", "Trending now\nHow to descale a kettle in four minutes\nYour stars for the weekend"),
    block(
      "meta",
      "This story was published from a wire agency feed without modifications to the text. Only the headline has been changed.",
    ),
  ],
  marks: [
    claim("dock", "Ex-manager in the dock over hill railway ‘forgery’", "event", {
      quotation: "none",
      likelihood: "alleged",
      source: "missing",
    }),
    attribution("prosecutors", "Prosecutors charged", "prosecutors", "body"),
    claim("forging", "forging a page of the brake log of the Kestrel Hill funicular", "responsibility", {
      likelihood: "alleged",
      hedge: "charged",
    }),
    claim(
      "replacing",
      `replacing an entry that called the pads of the track brake "at limit" with one that describes them as "within tolerance"`,
      "responsibility",
      { quotation: "mixed", likelihood: "alleged", hedge: "is accused of", source: "inferred" },
    ),
    claim("left", "He left the company in February", "event", {
      quotation: "none",
      source: "missing",
      outlet: "endorses",
    }),
    attribution("thiel", "His lawyer, Konrad Thiel, said", "Konrad Thiel", "person"),
    denial(
      "at-home",
      "his client had been at home on the night of January\u00a016 and had never owned a key to the workshop",
      "outright",
      "Konrad Thiel",
    ),
    denial("not-culprit", "The prosecution has found a man, not a culprit", "dismissal", "Konrad Thiel"),
    attribution("thiel-said", "Thiel said", "Konrad Thiel", "person"),
    denial(
      "varga-denied",
      "Ilse Varga, the chief executive, denied that anybody in the company had asked for the entry to be changed",
      "outright",
      "Ilse Varga",
      { answers: "something-else" },
    ),
    attribution("believe", "Investigators believe", "investigators", "body"),
    claim("pads-failed", "the pads would have failed within weeks in any case", "assessment", {
      likelihood: "unspecified",
      checkable: "partly",
    }),
    attribution(
      "two-people",
      "according to two people who have seen a draft of the final report",
      "two people who have seen a draft of the final report",
      "anonymous",
    ),
  ],
  links: [
    { type: "attributes", from: "prosecutors", to: "forging" },
    { type: "attributes", from: "thiel", to: "at-home" },
    { type: "denies", from: "at-home", to: "replacing" },
    { type: "denies", from: "not-culprit", to: "forging" },
    { type: "attributes", from: "thiel-said", to: "not-culprit" },
    { type: "denies", from: "varga-denied", to: { text: "that somebody in the company asked for it" } },
    { type: "attributes", from: "believe", to: "pads-failed" },
    { type: "nested-in", from: "believe", to: "two-people" },
  ],
  reviewedBy: ["mara"],
  rest: "open",
  rulings: [],
};
