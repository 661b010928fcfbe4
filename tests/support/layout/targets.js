// Targets under 24 px in either direction (WCAG 2.2, 2.5.8; links in sentences are exempt).
() => {
    const interactive = 'a[href], button, input:not([type=hidden]), select, textarea, summary'
    const enough = box => box.width >= 23.9 && box.height >= 23.9
    const targets = stop => {  // what a finger may hit: the thing, its label, and what it spreads over a card or row
        const boxes = [stop.getBoundingClientRect(), ...[...(stop.labels || [])].map(l => l.getBoundingClientRect())]
        const spread = getComputedStyle(stop, '::after')
        if (spread.content != 'none' && spread.position == 'absolute') {
            let card = stop
            while (card && getComputedStyle(card).position == 'static') card = card.parentElement
            if (card) boxes.push(card.getBoundingClientRect())
        }
        return boxes
    }
    const words = node => node && node.nodeName != 'BR' && getComputedStyle(node.nodeType == 1 ? node : node.parentNode)
        .display.startsWith('inline') | node.nodeType == 3 && node.textContent.trim() != ''
    const inSentence = stop => getComputedStyle(stop).display == 'inline' && stop.nodeName == 'A'
        && [stop.previousSibling, stop.nextSibling].some(words)
    return [...document.querySelectorAll(interactive)]
        .filter(stop => stop.checkVisibility({visibilityProperty: true}) && !stop.classList.contains('skip-link'))
        .filter(stop => !targets(stop).some(enough) && !inSentence(stop))
        .map(stop => stop.outerHTML.slice(0, 140) + ' is ' + targets(stop).map(b => `${b.width}x${b.height}`))
}
