# Tells in one line how many words a report holds, and the first of them. Usage: summary.sh REPORT
words=$(tail -n +2 "$1" | wc -l | tr -d ' ')
first=$(sed -n '2p' "$1" | cut -f 1)
echo "$words words stand in every text; the most frequent is \"$first\"."
