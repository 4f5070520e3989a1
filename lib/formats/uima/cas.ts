/** A UIMA CAS of one document, whichever serialisation it came in: the text, and feature structures by type. Offsets are UTF-16 units. */

export type Structure = {
  readonly id: string;
  /** Its full name: "webanno.custom.Span". */
  readonly type: string;
  /** null where it lies in no text (a link of a slot). */
  readonly begin: number | null;
  readonly end: number | null;
  readonly features: ReadonlyMap<string, string>;
  /** Ids of other structures, by feature. */
  readonly references: ReadonlyMap<string, readonly string[]>;
};

export type Cas = {
  readonly text: string;
  readonly structures: readonly Structure[];
};

export const META = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData";
export const TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";
export const SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence";
/** The layers that Gloss writes: make them in INCEpTION first, a span layer and a relation layer on it. */
export const SPAN_LAYER = "webanno.custom.GlossSpan";
export const LINK_LAYER = "webanno.custom.GlossLink";

export const [SOURCE, TARGET] = ["Governor", "Dependent"] as const;

export const shortName = (type: string): string => type.replace(/^.*\./, "");
