# SPDX-License-Identifier: MIT
# Draws what a terminal shows, colours included, as an SVG: awk -v columns=110 -f terminal-to-svg.awk < OUTPUT
# Understood: SGR 0, 1, 4, 30 to 37, 90 to 97 (ECMA-48). Everything else that moves a cursor has to be gone already.
BEGIN {
    split("31 #ff7b72 32 #7ee787 33 #e3b341 34 #79c0ff 35 #d2a8ff 36 #76e3ea 90 #8b949e 37 #e6edf3", pairs, " ")
    for (i = 1; i in pairs; i += 2) color[pairs[i]] = pairs[i + 1]
    width = 8.4; height = 19; margin = 16; bar = 34
}
function escape(text) { gsub(/&/, "\\&amp;", text); gsub(/</, "\\&lt;", text); gsub(/>/, "\\&gt;", text); return text }
function span(text) {
    if (text == "") return ""
    return "<tspan" (fill ? " fill=\"" fill "\"" : "") (bold ? " font-weight=\"bold\"" : "") (underline ? " text-decoration=\"underline\"" : "") ">" escape(text) "</tspan>"
}
function style(codes, n, parts, i) {
    n = split(codes, parts, ";")
    if (codes == "") parts[n = 1] = 0
    for (i = 1; i <= n; i++) {
        if (parts[i] + 0 == 0) { fill = ""; bold = underline = 0 }
        else if (parts[i] == 1) bold = 1
        else if (parts[i] == 4) underline = 1
        else if (parts[i] in color) fill = color[parts[i]]
    }
}
{
    gsub(/\r/, "")
    line = ""
    rest = $0
    while (match(rest, /\033\[[0-9;]*m/)) {
        line = line span(substr(rest, 1, RSTART - 1))
        style(substr(rest, RSTART + 2, RLENGTH - 3))
        rest = substr(rest, RSTART + RLENGTH)
    }
    lines[NR] = line span(rest)
}
END {
    w = columns * width + 2 * margin; h = NR * height + margin + bar
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"14\">\n", w, h
    printf "<rect width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#0d1117\"/>\n", w, h
    for (i = 0; i < 3; i++) printf "<circle cx=\"%d\" cy=\"17\" r=\"6\" fill=\"%s\"/>\n", 20 + 20 * i, substr("#ff5f57#febc2e#28c840", 7 * i + 1, 7)
    print "<g fill=\"#e6edf3\" xml:space=\"preserve\">"
    for (i = 1; i <= NR; i++) if (lines[i] != "") printf "<text x=\"%d\" y=\"%d\">%s</text>\n", margin, bar + i * height - 5, lines[i]
    print "</g>\n</svg>"
}
