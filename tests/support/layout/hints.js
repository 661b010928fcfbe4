// What only an eye can judge: a last line of one character, words in two lines on a button, a table that scrolls
// sideways, Chinese on an English page or the other way round.
() => {
  const hints = []
  const short = text => text.trim().replace(/\s+/g, ' ').slice(0, 50)
  const linesOf = element => {
    const range = document.createRange()
    range.selectNodeContents(element)
    const lines = []
    for (const rect of [...range.getClientRects()].filter(r => r.width > 1).sort((a, b) => a.top - b.top || a.left - b.left)) {
      const last = lines.at(-1)
      if (last && rect.top < last.bottom - rect.height / 2) { last.right = Math.max(last.right, rect.right); last.left = Math.min(last.left, rect.left); last.bottom = Math.max(last.bottom, rect.bottom) }
      else lines.push({left: rect.left, right: rect.right, bottom: rect.bottom})
    }
    return lines
  }
  for (const element of document.body.querySelectorAll('h1, h2, h3, legend, .btn, button, th, p, li, dt, dd, label, summary')) {
    if (!element.checkVisibility() || element.querySelector('p, ul, table, div, input, dl')) continue
    const lines = linesOf(element), em = parseFloat(getComputedStyle(element).fontSize)
    if (lines.length > 1 && lines.at(-1).right - lines.at(-1).left < em * 1.9) hints.push(`orphan: <${element.localName}> “${short(element.textContent)}”`)
    if (lines.length > 1 && element.matches('.btn, button')) hints.push(`button of ${lines.length} lines: “${short(element.textContent)}”`)
    if (lines.length > 2 && element.matches('th')) hints.push(`head of ${lines.length} lines: “${short(element.textContent)}”`)
  }
  for (const element of document.body.querySelectorAll('*'))
    if (element.scrollWidth > element.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) && element.checkVisibility())
      hints.push(`scrolls sideways by ${element.scrollWidth - element.clientWidth}: <${element.localName} class="${element.className}">`)
  const english = document.documentElement.lang == 'en'
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent, element = walker.currentNode.parentElement
    if (!text.trim() || !element.checkVisibility() || element.closest('script, style, pre')) continue
    const marked = element.closest('[lang]').lang
    if (english && /[\u3400-\u9fff，。：；（）]/.test(text) && !marked.startsWith('zh')) hints.push(`Chinese on an English page: “${short(text)}”`)
    if (!english && /[A-Za-z]{3,} [A-Za-z]{3,}/.test(text) && marked != 'en') hints.push(`English on a Chinese page: “${short(text)}”`)
  }
  return [...new Set(hints)]
}
