π, 名前 = 3.14, "日本語"


def größe(text):
    return len(text)


print(π, 名前, größe("👩‍👩‍👧"), ascii("\ud800"), {"🔑": 1})
lone = "\ud83d"
