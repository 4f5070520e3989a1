/** An invented article with what trips offsets up: a no-break space, curly quotes, an emoji of two code points, a Hebrew name, a related link. */
export const FERRY_TITLE = "Ferry firm knew of worn cables, letters show";

export const FERRY = `${FERRY_TITLE}

NORTH QUAY — The ferry firm almost certainly knew of the worn cables in\u00a0May, the harbour board said on Friday.

“No cable of ours was ever worn,” the firm’s spokesman told this newspaper ⚓\ufe0f on Friday night.

READ MORE: Five crossings that closed

The letters were found by דנה לוי, who kept the tolls until June.
`;

/** A second, short one, to be pasted. */
export const TOLL = `Toll house is to close in autumn

The toll house closes in autumn, the harbour board said.
`;
