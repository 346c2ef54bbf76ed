"""What cannot be read or reached on a page as it stands, in forced colours or on paper.

Each script returns sentences about what is wrong; an empty list is a page without fault.
"""

from typing import Any

from playwright.sync_api import Page

# Colours as numbers, grounds as they are painted, elements as they are seen.
TOOLS = """
const colour = (text) => {
  const [red, green, blue, alpha = 1] = text.match(/[\\d.]+/g).map(Number);
  return { red, green, blue, alpha };
};
const light = ({ red, green, blue }) => [red, green, blue]
  .map((part) => part / 255)
  .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
const contrast = (one, two) => {
  const [high, low] = [light(one), light(two)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
};
const hasBox = (element) => element.checkVisibility({ visibilityProperty: true })
  && element.getClientRects().length > 0;
const isSeen = (element) => hasBox(element) && !element.closest(".visually-hidden, .trap, .skip");
const named = (element) =>
  `<${element.localName} class="${element.getAttribute("class") ?? ""}"> `
  + (element.textContent.trim() || element.value || "").slice(0, 40);
const says = (element) => !element.closest("svg, script, style, option")
  && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
const signs = () => [...document.querySelectorAll("body *")].filter((element) =>
  (says(element) || element.matches("svg.icon")) && isSeen(element));
const groundUnder = (element, isPainted) => {
  for (let at = element; at; at = at.parentElement) {
    const style = getComputedStyle(at);
    const ground = colour(style.backgroundColor);
    if (ground.alpha === 1 && isPainted(style)) return ground;
  }
  return colour("rgb(255, 255, 255)");
};
const faint = (isPainted) => signs().flatMap((element) => {
  const found = contrast(
    colour(getComputedStyle(element).color), groundUnder(element, isPainted));
  return found < 4.5 ? [`${named(element)} has a contrast of ${found.toFixed(1)}`] : [];
});
"""

# Everything that can be pressed, focused one after the other; the keyboard was used before.
FORCED = """() => {
  const things = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const canvas = colour(getComputedStyle(document.body).backgroundColor).alpha
    ? colour(getComputedStyle(document.body).backgroundColor)
    : colour(getComputedStyle(document.documentElement).backgroundColor);
  const pressed = [...document.querySelectorAll(things)]
    .filter((each) => isSeen(each) && !each.disabled);
  const outlines = pressed.flatMap((element) => {
    element.focus();
    if (!element.matches(":focus")) return [`${named(element)} cannot be focused`];
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
    const shows = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2
      && contrast(colour(outlineColor), canvas) >= 3;
    return shows ? [] : [`${named(element)} does not show the focus`];
  });
  document.activeElement.blur();
  const edged = document.querySelectorAll(".button, .input, .search-box__input, select");
  const edges = [...edged].filter(isSeen).flatMap((element) => {
    const style = getComputedStyle(element);
    const edge = contrast(colour(style.borderBlockEndColor), canvas);
    const shows = parseFloat(style.borderBlockEndWidth) >= 1 && edge >= 3;
    return shows ? [] : [`${named(element)} has no edge`];
  });
  const here = [...document.querySelectorAll(".masthead__link[aria-current], .cue[aria-current]")];
  const places = here.filter(isSeen).flatMap((element) => {
    const { borderBlockEndWidth, borderInlineStartWidth } = getComputedStyle(element);
    const edge = Math.max(parseFloat(borderBlockEndWidth), parseFloat(borderInlineStartWidth));
    return edge >= 2 ? [] : [`${named(element)} is current by its ground alone`];
  });
  return [...faint(() => true), ...outlines, ...edges, ...places];
}"""

# Printers leave grounds out, but where a style insists on them.
PRINTED = """() => {
  const wrong = [];
  const insists = (style) => style.printColorAdjust === "exact";
  const pressed = ".masthead__nav, .footer__nav, .listing__bar nav, nav.listing__bar, "
    + ".listing__narrow, video, audio, button, [type=submit], .pager, .pages, .facets, .theme, "
    + ".skip, .notice, [data-player], .talk-search, .play__disc, a.button[href^='#']";
  for (const element of document.querySelectorAll(pressed)) {
    if (hasBox(element)) wrong.push(`${named(element)} can only be pressed`);
  }
  for (const element of document.querySelectorAll("body *")) {
    if (element.closest("svg") || !hasBox(element)) continue;
    const style = getComputedStyle(element);
    if (["fixed", "sticky"].includes(style.position)) {
      wrong.push(`${named(element)} is ${style.position}`);
    }
    const { width, height } = element.getBoundingClientRect();
    const ground = colour(style.backgroundColor);
    const isDark = ground.alpha === 1 && light(ground) < 0.5 && width * height > 40_000;
    if (isDark) wrong.push(`${named(element)} lies on a dark ground`);
  }
  const root = colour(getComputedStyle(document.documentElement).backgroundColor);
  if (light(root) < 0.95) wrong.push("the paper is not white");
  const addressed = [...document.querySelectorAll(".resource h3 a, a.button")].filter(hasBox);
  for (const link of addressed) {
    const { content, display } = getComputedStyle(link, "::after");
    const whole = content.includes("http") && display !== "none";
    if (!whole) wrong.push(`${named(link)} does not say where it leads: ${content}`);
  }
  const closed = [...document.querySelectorAll("main details > :not(summary)")];
  for (const answer of closed.filter((each) => !each.closest("[data-player]"))) {
    const shows = answer.checkVisibility({ contentVisibilityAuto: true });
    if (!shows) wrong.push(`${named(answer)} stays closed`);
  }
  const head = document.querySelector(".masthead").getBoundingClientRect().bottom;
  const first = [...document.querySelector("main").querySelectorAll("h1, p, a")].find(isSeen);
  if (first && first.getBoundingClientRect().top < head + 8) {
    wrong.push(`${named(first)} touches the masthead`);
  }
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) wrong.push(`${scrollWidth - clientWidth} px too wide`);
  return [...faint(insists), ...wrong];
}"""

# What moves although the reader asked for stillness.
MOVING = """() => {
  const seconds = (text) => Math.max(...text.split(",").map(parseFloat));
  const wrong = [...document.querySelectorAll("*")].flatMap((element) => {
    const { transitionDuration, animationDuration, animationName } = getComputedStyle(element);
    const moves = seconds(transitionDuration) > 0.001
      || (animationName !== "none" && seconds(animationDuration) > 0.001);
    return moves ? [`${named(element)} moves`] : [];
  });
  const { scrollBehavior } = getComputedStyle(document.documentElement);
  return scrollBehavior === "auto" ? wrong : [...wrong, `scrolling is ${scrollBehavior}`];
}"""


def faults(page: Page, script: str) -> list[str]:
    """The sentences of one of the scripts above about this page."""
    found: list[Any] = page.evaluate(f"() => {{ {TOOLS} return ({script})(); }}")
    return [" ".join(str(each).split()) for each in found]
