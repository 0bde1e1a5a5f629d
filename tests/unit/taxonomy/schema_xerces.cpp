#include "schema_xerces.h"

#ifdef FACTPRESS_HAS_XERCES
#include <xercesc/framework/MemBufInputSource.hpp>
#include <xercesc/sax/ErrorHandler.hpp>
#include <xercesc/sax/SAXParseException.hpp>
#include <xercesc/sax2/SAX2XMLReader.hpp>
#include <xercesc/sax2/XMLReaderFactory.hpp>
#include <xercesc/util/PlatformUtils.hpp>
#include <xercesc/util/XMLString.hpp>
#include <xercesc/util/XMLUni.hpp>
#include <xercesc/validators/common/Grammar.hpp>

namespace factpress::test {

using namespace xercesc;

namespace {

struct Handler : ErrorHandler {
  std::size_t errors = 0;
  std::string message;
  void note(const SAXParseException& e) {
    ++errors;
    char* text = XMLString::transcode(e.getMessage());
    message = text;
    XMLString::release(&text);
  }
  void warning(const SAXParseException&) override {}
  void error(const SAXParseException& e) override { note(e); }
  void fatalError(const SAXParseException& e) override { note(e); }
  void resetErrors() override {}
};

void start() {
  static const bool once = (XMLPlatformUtils::Initialize(), true);
  (void)once;
}

}  // namespace

struct Xerces::State {
  std::unique_ptr<SAX2XMLReader> reader;
  Handler handler;
  bool schema_valid = false;
};

bool Xerces::available() { return true; }

Xerces::Xerces(const std::string& schema) {
  start();
  state_ = std::make_unique<State>();
  auto& s = *state_;
  s.reader.reset(XMLReaderFactory::createXMLReader());
  s.reader->setFeature(XMLUni::fgSAX2CoreValidation, true);
  s.reader->setFeature(XMLUni::fgSAX2CoreNameSpaces, true);
  s.reader->setFeature(XMLUni::fgXercesDynamic, false);
  s.reader->setFeature(XMLUni::fgXercesSchema, true);
  s.reader->setFeature(XMLUni::fgXercesSchemaFullChecking, true);
  s.reader->setFeature(XMLUni::fgXercesUseCachedGrammarInParse, true);
  s.reader->setFeature(XMLUni::fgXercesLoadExternalDTD, false);
  s.reader->setErrorHandler(&s.handler);
  MemBufInputSource in(reinterpret_cast<const XMLByte*>(schema.data()), schema.size(), "mem-schema.xsd");
  const Grammar* g = s.reader->loadGrammar(in, Grammar::SchemaGrammarType, true);
  s.schema_valid = g && s.handler.errors == 0;
}
Xerces::~Xerces() = default;
bool Xerces::schema_valid() const { return state_->schema_valid; }
const std::string& Xerces::message() const { return state_->handler.message; }

bool Xerces::document_valid(const std::string& text) {
  state_->handler.errors = 0;
  MemBufInputSource in(reinterpret_cast<const XMLByte*>(text.data()), text.size(), "mem-doc.xml");
  state_->reader->parse(in);
  return state_->handler.errors == 0;
}

}  // namespace factpress::test
#else
namespace factpress::test {
struct Xerces::State {};
bool Xerces::available() { return false; }
Xerces::Xerces(const std::string&) {}
Xerces::~Xerces() = default;
bool Xerces::schema_valid() const { return true; }
bool Xerces::document_valid(const std::string&) { return true; }
const std::string& Xerces::message() const {
  static const std::string none;
  return none;
}
}  // namespace factpress::test
#endif
