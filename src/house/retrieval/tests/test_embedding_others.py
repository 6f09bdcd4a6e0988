"""Models that take the place of the built-in one: a folder, an address, none."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers

from house.retrieval.embedding import NoModel, load_embedder, loading
from house.retrieval.embedding.folder import FolderEmbedder
from house.retrieval.embedding.remote import RemoteEmbedder

WORDS = ["[UNK]", "bicycle", "flat", "river", "passage:", "query:"]


@pytest.fixture
def folder(tmp_path):
    """A whole sentence encoder in a few bytes: each word is an axis."""
    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(WORDS)}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    table = numpy_helper.from_array(np.eye(len(WORDS), dtype=np.float32), "table")
    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"]),
            helper.make_node("Cast", ["attention_mask"], ["unused"], to=TensorProto.FLOAT),
        ],
        "axes",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
            for name in ("input_ids", "attention_mask")
        ],
        [
            helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, None),
            helper.make_tensor_value_info("unused", TensorProto.FLOAT, None),
        ],
        [table],
    )
    onnx.save(
        helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9),
        str(tmp_path / "model.onnx"),
    )
    about = {"id": "axes-1", "query_prefix": "query: ", "passage_prefix": "passage: "}
    (tmp_path / "house.json").write_text(json.dumps(about))
    return tmp_path


class Server(ThreadingHTTPServer):
    """An OpenAI-compatible server: a text's vector says how often it holds a, b and c."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked = []
        self.answer = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/v1"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers.get("Authorization"), body))
        rows = [
            {"index": n, "embedding": [1.0 + text.count(letter) for letter in "abc"]}
            for n, text in enumerate(body["input"])
        ]
        status, answer = self.server.answer or (200, {"data": rows[::-1]})
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    server = Server()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def forget_failures():
    yield
    loading._failed.clear()


def test_a_folder_answers_with_its_own_prefixes_and_size(folder):
    embedder = FolderEmbedder(folder)

    query = embedder.encode_query("river")
    passages = embedder.encode_passages(["flat flat", "river", "bicycle river flat " * 300])

    assert embedder.dimensions == len(WORDS)
    assert (passages.raw @ query.raw).argmax() == 1
    assert query.raw[WORDS.index("query:")] > 0
    assert (passages.raw[:, WORDS.index("passage:")] > 0).all()
    assert query.projected is None
    assert passages.tokens is None
    assert list(passages.norms) == [1, 1, 1]


def test_a_folder_takes_any_text(folder):
    embedder = FolderEmbedder(folder)

    for text in ("", "\0", "\ud800", "river " * 5000):
        assert np.isfinite(embedder.encode_query(text).raw).all()
    assert embedder.encode_passages([]).raw.shape == (0, len(WORDS))


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("house.json", "not json", "can't be read"),
        ("house.json", "{}", "must name the model"),
        ("house.json", '{"id": "x", "pooling": "most"}', "must be one of"),
        ("model.onnx", "nonsense", "can't be loaded"),
        ("tokenizer.json", "{}", "can't be loaded"),
    ],
)
def test_a_folder_with_a_fault_says_which(folder, name, text, told):
    (folder / name).write_text(text)

    with pytest.raises(NoModel, match=told):
        FolderEmbedder(folder)


def test_an_address_is_asked_in_batches_and_answered_in_order(server):
    embedder = RemoteEmbedder(f"{server.url}?model=small&passage_prefix=c", key="secret")

    passages = embedder.encode_passages(["aaa", "bbb"] * 20)

    assert embedder.dimensions == 3
    assert passages.raw.shape == (40, 3)
    assert (passages.raw.argmax(axis=1) == [0, 1] * 20).all()
    path, key, body = server.asked[-1]
    assert (path, key) == ("/v1/embeddings", "Bearer secret")
    assert body == {"model": "small", "input": ["caaa", "cbbb"] * 4}


def test_an_address_may_be_the_whole_path(server):
    RemoteEmbedder(f"{server.url}/embeddings/?tenant=7", model="other")

    path, _, body = server.asked[0]
    assert path == "/v1/embeddings?tenant=7"
    assert body["model"] == "other"


@pytest.mark.parametrize(
    ("status", "answer", "told"),
    [
        (401, {}, "status 401"),
        (200, {"error": "no"}, "something else"),
        (200, {"data": [{"index": 0, "embedding": "no"}]}, "something else"),
        (200, {"data": []}, "wrong form"),
        (200, {"data": [{"index": 0, "embedding": [1e999, 1]}]}, "wrong form"),
        (200, {"data": [{"index": 0, "embedding": [1, 2, 3, 4]}]}, "changed the size"),
    ],
)
def test_nonsense_from_an_address_is_no_model(server, status, answer, told):
    embedder = RemoteEmbedder(server.url)
    server.answer = (status, answer)

    with pytest.raises(NoModel, match=told):
        embedder.encode_query("a")


def test_one_setting_chooses(settings, folder, server):
    for url, model_id in (
        (str(folder), "axes-1"),
        (folder.as_uri(), "axes-1"),
        (f"{server.url}?model=m", "m@127.0.0.1:3"),
    ):
        settings.EMBEDDINGS_URL = url
        embedder = load_embedder()
        assert embedder.model_id == model_id
        assert load_embedder() is embedder


def test_none_means_none(settings):
    settings.EMBEDDINGS_URL = "none"

    assert load_embedder() is None


@pytest.mark.parametrize("url", ["/nowhere/at/all", "http://127.0.0.1:1/v1", "gopher"])
def test_what_cannot_be_loaded_leaves_words(settings, caplog, url):
    settings.EMBEDDINGS_URL = url

    assert load_embedder() is None
    assert "by words only" in caplog.text


def test_a_failure_is_remembered_for_a_while_and_then_tried_again(settings, folder, caplog):
    about = folder / "house.json"
    right = about.read_text()
    about.write_text("{}")
    settings.EMBEDDINGS_URL = str(folder)

    assert load_embedder() is None
    about.write_text(right)
    assert load_embedder() is None

    loading._failed.clear()
    assert load_embedder().model_id == "axes-1"
