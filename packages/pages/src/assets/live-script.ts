/** Runs in the browser: shows each state of a run that the server sends, as text. */
export const LIVE_SCRIPT = `
const places = document.querySelectorAll('[data-live]');
const bar = document.querySelector('progress');
const state = document.querySelector('#connection');
const source = new EventSource('/live/events');
source.addEventListener('run', ({ data }) => {
  const view = JSON.parse(data);
  for (const place of places) {
    const text = String(view[place.dataset.live] ?? '');
    if (place.textContent !== text) place.textContent = text;
  }
  bar.value = view.share;
});
source.addEventListener('open', () => { state.textContent = 'Connected: this page follows the run.'; });
source.addEventListener('error', () => { state.textContent = 'Not connected: trying again.'; });
`;
