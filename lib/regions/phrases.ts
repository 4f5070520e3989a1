/**
 * Phrases by which the furniture of news pages and blogs gives itself away, on folded lines (lower case, straight quotes, single
 * blanks). The first that matches counts. Some are in other languages of pages that desks import.
 */
import type { RegionRole } from "./roles";

export type Phrase = {
  readonly role: RegionRole;
  readonly pattern: RegExp;
  readonly reason: string;
  /** What follows to the end of the page, or until another such phrase, belongs to it too. */
  readonly opens?: boolean;
  /** The titles right below belong to it too. */
  readonly lists?: boolean;
  /** Lines with more words are running text that only begins like this. */
  readonly words: number;
  /** Whether a whole sentence with its full stop may be such a line. */
  readonly sentences: boolean;
};

const DATE =
  "(?:\\d{1,2}[./-]\\d{1,2}[./-](?:19|20)?\\d\\d|(?:19|20)\\d\\d-\\d\\d-\\d\\d|\\d{1,2}(?:st|nd|rd|th)?\\.? (?:of )?(?:\\p{L}{3,9})\\.?,? (?:19|20)\\d\\d|\\p{L}{3,9}\\.? \\d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\\d\\d)";

export const HAS_DATE = new RegExp(`(?:^|[^\\p{L}\\p{N}])${DATE}(?:$|[^\\p{L}\\p{N}])`, "u");

/**
 * "Two dockers are led from the hall after the vote.": news is told in the past, what a picture shows in the present. It takes a scene and
 * its occasion, and neither quotes nor a source, since "visitors are escorted at all times" is a rule and no picture.
 */
const SCENE = new RegExp(
  '^(?!.*(?:["“”«»]|\\b(?:said|says|told|tells|according to|added|reported|if|when|whenever|always|must|usually)\\b))' +
    ".*\\b(?:is|are) (?:being )?(?:escorted|ushered|greeted|welcomed|handcuffed|carried|wheeled|flanked|led|walked|driven)\\b" +
    ".* (?:after|during|following|ahead of|before|outside|on (?:\\p{L}+day|\\p{L}+ \\d{1,2}|\\d{1,2} \\p{L}+))\\b",
  "u",
);

type More = Partial<Pick<Phrase, "words" | "opens" | "lists" | "sentences">>;

const phrase = (role: RegionRole, reason: string, pattern: RegExp, more: More = {}): Phrase => ({
  role,
  reason,
  pattern,
  words: 25,
  sentences: false,
  ...more,
});

export const PHRASES: readonly Phrase[] = [
  phrase(
    "form",
    "A comment form begins here",
    /^(?:leave a (?:reply|comment)|post a comment|add a comment|write a comment|join the (?:discussion|conversation)|schreibe? einen kommentar|kommentar (?:schreiben|verfassen)|laisser un commentaire|deja un comentario|deja una respuesta|geef een reactie|оставить комментарий|добавить комментарий)\b/u,
    { words: 12, opens: true },
  ),
  phrase(
    "form",
    "Part of a comment form",
    /^(?:fill in your details|you are commenting using|connecting to %s|this site uses akismet|learn how your comment data|your e-?mail address will not be published|required fields are marked|save my name, e-?mail|notify me of (?:new|follow)|enter your comment|cancel reply|submit comment|change \)|(?:google|twitter|facebook|wordpress\.com) (?:photo|picture|logo|account)$)/u,
    { words: 40, sentences: true },
  ),
  phrase(
    "form",
    "Asks the reader to log in",
    /^(?:to (?:participate in|join) the discussion|(?:please )?(?:log|sign) ?in (?:or|to|and)\b|(?:please )?register (?:or|to) (?:log|sign|comment)|you must be logged in|already (?:a member|registered|a subscriber)\?|войдите|anmelden (?:oder|und|um)\b|se connecter)/u,
    { words: 14, sentences: true },
  ),
  phrase(
    "form",
    "Asks the reader to subscribe",
    /^(?:subscribe (?:to|now|for|by)|sign up (?:for|to|now)|get (?:our|the) (?:daily |weekly |free )?newsletter|enter your e-?mail|follow us on|support our (?:work|journalism))\b/u,
    { words: 20, sentences: true },
  ),
  phrase(
    "comment",
    "Readers' comments begin here",
    /^(?:(?:no|one|\d+) (?:comments?|responses?|repl(?:y|ies)|thoughts)\b(?: yet)?(?: (?:to|on) .*)?[.:]? ?["»]?$|comments?(?: ?\(\d+\))?:?$|(?:view|show|read)(?: all)?(?: \d+)? comments$|be the first to comment|kommentare(?: ?\(\d+\))?:?$|commentaires(?: ?\(\d+\))?:?$|комментарии$)/u,
    { words: 16, opens: true },
  ),
  phrase("comment", "Signed as a reader's comment", /^comment by .+(?:\||reply|[12]\d{3})/u),
  phrase(
    "meta",
    "What the blog says of the post",
    new RegExp(
      `^(?:${DATE}\\s*[-|,]?\\s*)?(?:posted (?:by|in|on|at)|filed under|published (?:by|in|on|at)\\b|tags?:|tagged\\b|categor(?:y|ies):|source ?:|quelle ?:)`,
      "u",
    ),
    { words: 40 },
  ),
  phrase(
    "meta",
    "Buttons for sharing, or counts",
    /^(?:share(?: this| on| via| with|$)|tweet$|print$|e-?mail this|like this:?$|loading\.{3}$|\d+ shares?$|\d+ (?:min|minutes?) read$|reading time|last (?:updated|modified)|updated:|\d+ views$|copy link$)/u,
    { words: 12 },
  ),
  phrase(
    "related",
    "Points to another article",
    /^(?:read (?:more|also|next)|also read|see also|watch(?: also)?|more|related(?: (?:stor(?:y|ies)|articles?|news|links?|posts?))?|don't miss|recommended|lesen sie auch|mehr zum thema|siehe auch|lire aussi|a lire aussi|à lire aussi|lea tambien|lea también|lees ook|leggi anche|читайте также|по теме) ?:/u,
    { words: 40 },
  ),
  phrase(
    "related",
    "A list of other articles begins here",
    /^(?:related (?:stor(?:y|ies)|articles?|news|links?|posts?|content)|more (?:from|on|in) .{1,60}|you (?:may|might) (?:also )?(?:like|be interested in)|recommended(?: for you)?|most (?:read|popular|viewed)|trending(?: now)?|latest news|top stories|read more|read also|see also|mehr zum thema|das konnte sie auch interessieren|lire aussi|lees ook|читайте также)$/u,
    { words: 10, lists: true },
  ),
  phrase(
    "debris",
    "A leftover of the page's template",
    /(?:^|[^\p{L}\d])%[sd](?:$|[^\p{L}\d])|\{\{.*\}\}|\[object object\]|^undefined$|^null$|^lorem ipsum|<\/?(?:div|span|p|a|br|script)\b/u,
    { words: 30, sentences: true },
  ),
  phrase(
    "debris",
    "Furniture of the page",
    /^(?:advertisement|advertising|sponsored(?: content)?|skip to (?:main )?content|menu|search|home|back to top|cookie policy|we use cookies\b.*|terms of (?:use|service)|privacy policy|all rights reserved\.?|anzeige|werbung|publicité|реклама)$|all rights reserved|^(?:copyright )?(?:©|\(c\)) ?(?:19|20)\d\d\b/u,
    { words: 30, sentences: true },
  ),
  phrase(
    "caption",
    "A picture's credit",
    /^(?:©|\(c\) |photo(?:graph)?(?:s|er)?(?: ?:| by| credit| courtesy)|(?:image|picture|photo|foto|bild) ?(?:credit|source|by|:)|(?:file|stock) (?:photo|picture|image)|credit ?:|courtesy of|фото ?:)|\((?:photo|image|picture|file|foto|ap photo|photo by)\b[^)]*\)$|(?:getty images|afp via|ap photo|reuters\/\p{L}+ \p{L}+|\/ ?(?:afp|ap|epa|reuters|tass|dpa))\)?$/u,
    { words: 70, sentences: true },
  ),
  phrase(
    "caption",
    "Describes a picture",
    /\b(?:is|are) (?:pictured|photographed|seen here)\b|\((?:left|right|centre|center)\)|^(?:pictured|in this (?:photo|picture|image|file photo)|above|below) ?:/u,
    { words: 45, sentences: true },
  ),
  phrase("caption", "Tells in the present what a picture shows", SCENE, { words: 60, sentences: true }),
];
