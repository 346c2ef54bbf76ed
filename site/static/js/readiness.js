// The draft saves itself: what is still open before it is published is then told anew.

const EDITED = /\/pages\/(\d+)\/edit\//;

async function bringUpToDate() {
  const panel = document.querySelector("[data-readiness]");
  const page = EDITED.exec(location.pathname);
  if (!panel || !page) return;
  const answer = await fetch(panel.dataset.readiness.replace("/0/", `/${page[1]}/`)).catch(() => null);
  if (!answer?.ok || answer.redirected) return; // signed out, or no network: Wagtail tells
  panel.innerHTML = await answer.text();
  const reason = document.querySelector("[data-readiness-reason]");
  if (reason) reason.hidden = !panel.querySelector(".readiness__point--needed");
}

document.addEventListener("w-autosave:success", bringUpToDate);
