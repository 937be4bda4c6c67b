"""Sums an invoice up. What is named like a secret stays out of its recording."""


def total(lines, discount):
    net = 0
    for name, count, price in lines:
        net += count * price
    if discount > 1:
        raise ValueError("a discount is a part of one")
    return round(net * (1 - discount), 2)


def send(amount, api_key):
    company = {"name": "Harbour", "card_number": "4111 1111 1111 1111"}
    return "sent %.2f to %s" % (amount, company["name"])


lines = [("rope", 3, 4.5), ("sail", 1, 120.0)]
print(send(total(lines, 0.1), api_key="s3cr3t"))
try:
    total(lines, 10)
except ValueError as error:
    print("refused:", error)
