//! The texts of a research export's introduction, in the language of whoever asks for it.

crate::texts! {
    pub struct Words from "research-export.ftl" {
        title(protocol: String);
        network(name: String);
        made(at: String);
        holds();
        consent();
        numbers();
        days();
        files();
        left_out();
        risk();
        withdrawal();
    }
}
