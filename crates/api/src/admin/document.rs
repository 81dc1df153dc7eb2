//! The OpenAPI of a kind of setting, said once for all kinds.

use utoipa::{
    ToSchema,
    openapi::{
        AllOfBuilder, ArrayBuilder, ContentBuilder, Header, HttpMethod, Info, KnownFormat,
        ObjectBuilder, OpenApi, PathItem, PathsBuilder, Ref, RefOr, Required, ResponseBuilder,
        Schema, SchemaFormat, Type,
        path::{Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn},
        request_body::RequestBodyBuilder,
        schema::SchemaType,
        security::SecurityRequirement,
    },
};

use super::resource::{Id, Resource};
use crate::error::ErrorBody;

/// The operations on a kind of which there are many.
pub(super) fn many<R: Resource>() -> OpenApi {
    let all = format!("/admin/v1/{}", R::PATH);
    let one = format!("{all}/{{id}}");
    let page = Ref::from_schema_name(format!("{}Page", R::NAME));
    let kinds = plural(R::NAME);
    let list = operation(&format!("list{kinds}"), "In the order of their ids, a page at a time.")
        .parameter(query("after", &id_schema::<R::Id>(), "`next` of the page before"))
        .parameter(query("limit", &number(), "1 to 200"))
        .response("200", answer("Some of them.", page));
    let create = operation(&format!("create{}", R::NAME), "Makes one.")
        .request_body(Some(body::<R>()))
        .response("201", item::<R>("It is made; `Location` says where it is."));
    let get = operation(&format!("get{}", R::NAME), "One of them.").parameter(id::<R>());
    let get = get.response("200", item::<R>("One of them."));
    let get = refusals(get, &["404"]);
    let (replace, delete) = (replaced::<R>().parameter(id::<R>()), deleted::<R>());
    let paths = PathsBuilder::new()
        .path(
            all,
            both(refusals(list, &["400"]), HttpMethod::Post, refusals(create, &["400", "409"])),
        )
        .path(one, both(get, HttpMethod::Put, replace))
        .path(format!("/admin/v1/{}/{{id}}", R::PATH), PathItem::new(HttpMethod::Delete, delete));
    let mut document = document::<R>(paths);
    add_page::<R>(&mut document);
    document
}

/// The operations on a kind of which there is one.
pub(super) fn only<R: Resource>() -> OpenApi {
    let get = operation(&format!("get{}", R::NAME), "How it is set up.");
    let get = refusals(get.response("200", item::<R>("How it is set up.")), &["404"]);
    let path = format!("/admin/v1/{}", R::PATH);
    document::<R>(PathsBuilder::new().path(path, both(get, HttpMethod::Put, replaced::<R>())))
}

fn replaced<R: Resource>() -> OperationBuilder {
    let replace = operation(&format!("replace{}", R::NAME), "Replaces it whole.")
        .parameter(if_match())
        .request_body(Some(body::<R>()))
        .response("200", item::<R>("It is saved."));
    refusals_of(replace, &["400", "404", "409", "412", "428"])
}

fn deleted<R: Resource>() -> Operation {
    let gone = ResponseBuilder::new().description("It is deleted.").build();
    let delete = operation(&format!("delete{}", R::NAME), "Deletes it, unless something uses it.")
        .parameter(id::<R>())
        .parameter(if_match())
        .response("204", gone);
    refusals(delete, &["400", "404", "409", "412", "428"])
}

fn both(get: Operation, method: HttpMethod, other: impl Into<Operation>) -> PathItem {
    let mut item = PathItem::new(HttpMethod::Get, get);
    item.merge_operations(PathItem::new(method, other));
    item
}

fn document<R: Resource>(paths: PathsBuilder) -> OpenApi {
    let mut document = OpenApi::new(Info::default(), paths.build());
    let mut schemas = vec![(R::name().into_owned(), R::schema())];
    R::schemas(&mut schemas);
    let save = Ref::from_schema_name(R::name());
    let own = ObjectBuilder::new().property("revision", number()).required("revision");
    let own =
        if R::Id::IS_ONLY { own } else { own.property("id", id_schema::<R::Id>()).required("id") };
    let one = AllOfBuilder::new().item(save).item(own.build()).build();
    schemas.push((R::NAME.to_owned() + "Item", Schema::from(one).into()));
    document.components.get_or_insert_default().schemas.extend(schemas);
    document
}

fn add_page<R: Resource>(document: &mut OpenApi) {
    let items = ArrayBuilder::new().items(Ref::from_schema_name(R::NAME.to_owned() + "Item"));
    let page = ObjectBuilder::new()
        .property("items", items)
        .required("items")
        .property("next", nullable(&id_schema::<R::Id>()))
        .required("next")
        .build();
    let schemas = &mut document.components.get_or_insert_default().schemas;
    schemas.insert(format!("{}Page", R::NAME), Schema::from(page).into());
}

fn plural(name: &str) -> String {
    format!("{name}s")
}

fn operation(id: &str, summary: &str) -> OperationBuilder {
    let security = ["session", "sessionCookie"];
    let security = security.map(|name| SecurityRequirement::new(name, [""; 0]));
    OperationBuilder::new()
        .tag("administration")
        .operation_id(Some(id))
        .summary(Some(summary))
        .securities(Some(security))
}

/// What every operation can answer, and these.
fn refusals(operation: OperationBuilder, more: &[&str]) -> Operation {
    refusals_of(operation, more).build()
}

fn refusals_of(operation: OperationBuilder, more: &[&str]) -> OperationBuilder {
    let all = ["401", "403", "503"].iter().chain(more);
    all.fold(operation, |operation, status| {
        let body = Ref::from_schema_name(ErrorBody::name());
        let response = ResponseBuilder::new().content("application/json", content(body));
        operation.response(*status, response)
    })
}

fn content(schema: Ref) -> utoipa::openapi::Content {
    ContentBuilder::new().schema(Some(schema)).build()
}

fn answer(description: &str, schema: Ref) -> utoipa::openapi::Response {
    let response = ResponseBuilder::new().description(description);
    response.content("application/json", content(schema)).build()
}

fn item<R: Resource>(description: &str) -> utoipa::openapi::Response {
    let mut response = answer(description, Ref::from_schema_name(R::NAME.to_owned() + "Item"));
    response.headers.insert("ETag".into(), RefOr::T(Header::new(text())));
    response
}

fn body<R: Resource>() -> utoipa::openapi::request_body::RequestBody {
    RequestBodyBuilder::new()
        .content("application/json", content(Ref::from_schema_name(R::name())))
        .required(Some(Required::True))
        .build()
}

fn id<R: Resource>() -> Parameter {
    let parameter = ParameterBuilder::new().name("id").parameter_in(ParameterIn::Path);
    parameter.required(Required::True).schema(Some(id_schema::<R::Id>())).build()
}

fn if_match() -> Parameter {
    ParameterBuilder::new()
        .name("If-Match")
        .parameter_in(ParameterIn::Header)
        .required(Required::True)
        .description(Some("The ETag of what was seen."))
        .schema(Some(text()))
        .build()
}

fn query(name: &str, schema: &Schema, description: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .description(Some(description))
        .schema(Some(schema.clone()))
        .build()
}

fn id_schema<I: Id>() -> Schema {
    if I::IS_NUMBER { number() } else { text() }
}

fn number() -> Schema {
    let number = ObjectBuilder::new().schema_type(Type::Integer);
    let number = number.format(Some(SchemaFormat::KnownFormat(KnownFormat::Int32)));
    number.minimum(Some(0)).build().into()
}

fn text() -> Schema {
    ObjectBuilder::new().schema_type(Type::String).build().into()
}

fn nullable(schema: &Schema) -> Schema {
    let mut schema = schema.clone();
    if let Schema::Object(object) = &mut schema
        && let SchemaType::Type(kind) = object.schema_type.clone()
    {
        object.schema_type = SchemaType::from_iter([kind, Type::Null]);
    }
    schema
}
