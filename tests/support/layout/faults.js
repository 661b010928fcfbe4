// What is wrong with a page's layout as it stands in the window now: a list of sentences, each naming its element.
() => {
  const faults = []
  const page = document.documentElement
  const box = element => element.getBoundingClientRect()
  const short = text => text.trim().replace(/\s+/g, ' ').slice(0, 40)
  const name = element => {
    const classes = typeof element.className == 'string' && element.className ? '.' + element.className.trim().split(/\s+/).join('.') : ''
    const words = short(element.textContent || element.value || element.placeholder || '')
    return `<${element.localName}${element.id ? '#' + element.id : ''}${classes}>` + (words ? ` “${words}”` : '')
  }
  const note = (kind, words) => faults.push(`${kind}: ${words}`)
  const style = element => getComputedStyle(element)
  const ancestors = function* (element) { while ((element = element.parentElement)) yield element }
  const isSeen = element => element.checkVisibility({visibilityProperty: true, opacityProperty: true})
  const floats = element => [element, ...ancestors(element)].some(e => ['fixed', 'sticky'].includes(style(e).position))

  // The part of a box that its scrolling and clipping ancestors leave; `hard` where they do not scroll to the rest.
  const cuts = new Map()
  const cutOf = element => {
    if (!element || element == page || element == document.body) return null
    if (!cuts.has(element)) {
      const s = style(element)
      const cutsHere = [s.overflowX, s.overflowY].some(v => v != 'visible') && s.display != 'inline' && s.display != 'contents'
      const own = cutsHere ? {box: box(element), hard: [s.overflowX, s.overflowY].some(v => ['hidden', 'clip'].includes(v)), element, style: s} : null
      cuts.set(element, [own, ...(cutOf(element.parentElement) || [])].filter(Boolean))
    }
    return cuts.get(element)
  }
  const within = (rect, cut) => ({
    left: Math.max(rect.left, cut.left), right: Math.min(rect.right, cut.right),
    top: Math.max(rect.top, cut.top), bottom: Math.min(rect.bottom, cut.bottom),
  })
  const width = r => r.right - r.left, height = r => r.bottom - r.top

  // Every line of every text that an eye can see.
  const texts = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement
    if (!node.textContent.trim() || !isSeen(element) || element.closest('script, style, noscript, option, textarea, title, desc')) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const inSvg = element.closest('svg')
    const lines = inSvg ? [box(element)] : [...range.getClientRects()]
    let shown = false
    for (const line of lines) {
      if (width(line) < 1 || line.bottom + scrollY < 1) continue
      let rest = line, cutBy = null
      for (const cut of cutOf(element) || []) {
        const left = within(rest, cut.box)
        if (cut.hard && (width(rest) - width(left) > 2 || height(rest) - height(left) > height(rest) * 0.3)) cutBy = cut
        rest = left
      }
      if (cutBy && (cutBy.box.width <= 2 || cutBy.box.height <= 2 || cutBy.style.clipPath != 'none')) continue  // for ears only
      if (cutBy && !(cutBy.style.textOverflow == 'ellipsis' && cutBy.element.closest('[title]'))) note('cut text', name(element))
      if (width(rest) < 1 || height(rest) < 1) continue
      shown = true
      if (rest.left + scrollX < -1) note('text beyond the left edge', name(element))
      const slack = height(rest) * 0.22  // a line's box is taller than its letters
      texts.push({element, left: rest.left, right: rest.right, top: rest.top + slack, bottom: rest.bottom - slack})
    }
    if (!shown) continue
    const scale = inSvg ? Math.abs(element.getScreenCTM().a) : 1
    const size = parseFloat(style(element).fontSize) * scale
    if (size < 13.9 && !element.closest('sup, sub, [aria-hidden=true]')) note('small text', `${size.toFixed(1)} px ${name(element)}`)
  }

  // Wider than the window.
  const excess = page.scrollWidth - page.clientWidth
  if (excess > 0) {
    const wide = [...document.body.querySelectorAll('*')].filter(e => isSeen(e) && box(e).right > page.clientWidth + 0.5
      && ![...ancestors(e)].some(a => a != document.body && a != page && style(a).overflowX != 'visible'))
    const innermost = wide.filter(e => !wide.some(other => other != e && e.contains(other)))
    note('too wide', `${excess} px: ` + innermost.slice(0, 3).map(name).join(', '))
  }

  // Words over words, controls over either.
  const block = element => { while (element && style(element).display.startsWith('inline')) element = element.parentElement; return element }
  const controls = [...document.body.querySelectorAll('button, input:not([type=hidden]), select, textarea, .btn, img')]
    .filter(e => isSeen(e) && width(box(e)) > 2 && height(box(e)) > 2 && parseFloat(style(e).opacity) > 0)
    .map(e => ({element: e, ...(({left, right, top, bottom}) => ({left, right, top, bottom}))(box(e))}))
  for (const control of controls) for (const cut of cutOf(control.element.parentElement) || []) Object.assign(control, within(control, cut.box))
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2
  const related = (a, b) => a.contains(b) || b.contains(a)
  const overlap = (a, b) => {
    if (!meet(a, b) || related(a.element, b.element) || floats(a.element) != floats(b.element)) return
    note('overlap', `${name(a.element)} and ${name(b.element)}`)
  }
  texts.sort((a, b) => a.top - b.top)
  texts.forEach((text, place) => {
    for (let next = place + 1; next < texts.length && texts[next].top < text.bottom; next++)
      if (meet(text, texts[next]) && block(text.element) != block(texts[next].element)) overlap(text, texts[next])
    for (const control of controls) if (!(control.element.labels && [...control.element.labels].some(l => l.contains(text.element)) && control.element.type == 'file')) overlap(text, control)
  })
  controls.forEach((control, place) => controls.slice(place + 1).forEach(other => overlap(control, other)))

  // Words that a field has no room for.
  const pen = document.createElement('canvas').getContext('2d')
  for (const {element} of controls) {
    if (element.localName == 'select' && page.clientWidth < 480) continue  // a phone shows the whole list when it is touched
    const s = style(element)
    const words = element.localName == 'select' ? element.selectedOptions[0]?.textContent.trim()
      : element.localName == 'input' && ['text', 'search', 'email', 'tel', 'password', 'url', 'number'].includes(element.type) ? element.placeholder || '' : ''
    if (!words) continue
    pen.font = s.font
    const arrow = element.localName == 'select' && s.appearance != 'none' ? 20 : 0  // a native one is within its box
    const room = element.clientWidth - parseFloat(s.paddingLeft) - parseFloat(s.paddingRight) - arrow
    if (pen.measureText(words).width > room + 1) note('no room in field', `“${short(words)}” in ${name(element).split(' ')[0]}`)
  }
  return [...new Set(faults)]
}
